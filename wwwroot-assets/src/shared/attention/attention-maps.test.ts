import { expect, it } from 'vitest';
import { bytesToBase64 } from '../base64';
import { AttentionMaps } from './attention-maps';

// One layer, two heads, CLS and a 1 × 2 grid: 3 tokens.
const weights = [
    [[0, 255, 0], [51, 102, 102], [255, 0, 0]],
    [[0, 0, 255], [0, 255, 0], [0, 0, 255]],
].flat(2);
const payload = { layers: 1, heads: 2, tokens: 3, prefixTokens: 1, gridHeight: 1, gridWidth: 2, weights: bytesToBase64(Uint8Array.from(weights)) };

it('gives one weight', () => {
    expect(new AttentionMaps(payload).weight(0, 0, 1, 0)).toBeCloseTo(0.2);
});

it('gives the matrix of a head, and the mean over heads', () => {
    expect([...new AttentionMaps(payload).matrix(0, 1)]).toEqual([0, 0, 1, 0, 1, 0, 0, 0, 1]);
    expect([...new AttentionMaps(payload).matrix(0, -1)].slice(0, 3)).toEqual([0, 0.5, 0.5]);
});

it('names the tokens before the patches by their number', () => {
    const names = (prefixTokens: number) => new AttentionMaps({ ...payload, prefixTokens }).prefixNames;
    expect(names(0)).toEqual([]);
    expect(names(1)).toEqual(['CLS token']);
    expect(names(4)).toEqual(['cell 1', 'cell 2', 'cell 3', 'cell 4']);
});

it('refuses weights of the wrong size', () => {
    expect(() => new AttentionMaps({ ...payload, heads: 3 })).toThrow('attention: expected 27 bytes, got 18');
});
