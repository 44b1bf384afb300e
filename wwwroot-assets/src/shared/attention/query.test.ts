import { expect, it } from 'vitest';
import { bytesToBase64 } from '../base64';
import { AttentionMaps } from './attention-maps';
import { firstQuery, moveQuery, offeredQueries, queryName, querySubject, queryWithin, tokensOf } from './query';

function maps(prefixTokens: number, padding: number[] = []): AttentionMaps {
    const tokens = 4 + prefixTokens;
    return new AttentionMaps({ layers: 1, heads: 1, tokens, prefixTokens, gridHeight: 2, gridWidth: 2, weights: bytesToBase64(new Uint8Array(tokens * tokens)) }, padding);
}

it('offers the CLS token, each cell, or all patches together', () => {
    const names = (prefixTokens: number) => offeredQueries(maps(prefixTokens)).map(query => queryName(query, maps(prefixTokens)));
    expect(names(1)).toEqual(['CLS token']);
    expect(names(4)).toEqual(['cell 1', 'cell 2', 'cell 3', 'cell 4']);
    expect(names(0)).toEqual(['mean of all patches']);
});

it('speaks of images where each patch is one', () => {
    const sequence = new AttentionMaps({ layers: 1, heads: 1, tokens: 3, prefixTokens: 0, gridHeight: 1, gridWidth: 3, weights: bytesToBase64(new Uint8Array(9)) });
    expect(querySubject({ of: 'patches' }, sequence)).toBe('the mean of all images');
    expect(querySubject({ of: 'patch', index: 2 }, sequence)).toBe('image 3');
    expect(querySubject({ of: 'patch', index: 2 }, maps(1))).toBe('patch row 2, column 1');
});

it('goes to the first query on offer where a model lacks the chosen one', () => {
    expect(queryWithin({ of: 'prefix', index: 3 }, maps(4))).toEqual({ of: 'prefix', index: 3 });
    expect(queryWithin({ of: 'prefix', index: 3 }, maps(1))).toEqual(firstQuery);
    expect(queryWithin(firstQuery, maps(0))).toEqual({ of: 'patches' });
    expect(queryWithin({ of: 'patches' }, maps(1))).toEqual(firstQuery);
    expect(queryWithin({ of: 'patch', index: 40 }, maps(1))).toEqual({ of: 'patch', index: 3 });
});

it('knows the tokens of a query', () => {
    expect(tokensOf({ of: 'prefix', index: 2 }, maps(4))).toEqual([2]);
    expect(tokensOf({ of: 'patch', index: 0 }, maps(4))).toEqual([4]);
    expect(tokensOf({ of: 'patches' }, maps(0))).toEqual([0, 1, 2, 3]);
    expect(tokensOf({ of: 'patches' }, maps(0, [1, 3]))).toEqual([0, 2]);
});

it('moves by arrow keys inside the grid and back to the first on offer', () => {
    const move = (query: Parameters<typeof moveQuery>[0], key: string) => moveQuery(query, key, maps(1));
    expect(move(firstQuery, 'ArrowDown')).toEqual({ of: 'patch', index: 3 });
    expect(move({ of: 'patch', index: 0 }, 'ArrowLeft')).toEqual({ of: 'patch', index: 0 });
    expect(move({ of: 'patch', index: 0 }, 'ArrowDown')).toEqual({ of: 'patch', index: 2 });
    expect(move({ of: 'patch', index: 2 }, 'Escape')).toEqual(firstQuery);
    expect(move({ of: 'patch', index: 2 }, 'x')).toEqual({ of: 'patch', index: 2 });
    expect(moveQuery({ of: 'patch', index: 2 }, 'Escape', maps(0))).toEqual({ of: 'patches' });
});
