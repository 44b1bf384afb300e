import { describe, expect, it } from 'vitest';
import { bytesToBase64 } from '../base64';
import { AttentionMaps } from './attention-maps';
import { describe as words, firstChoice, mapOf, scaleEnd, within } from './map-choice';
import { rollout } from './rollout';

// Two layers, one head, a grid of 2 × 2 patches behind the prefix tokens: token q puts all its weight on token q + 1, the last one on the first.
function cyclic(prefixTokens = 1): AttentionMaps {
    const tokens = 4 + prefixTokens;
    const weights = new Uint8Array(2 * tokens * tokens);
    for (let layer = 0; layer < 2; layer++) {
        for (let query = 0; query < tokens; query++) weights[(layer * tokens + query) * tokens + ((query + 1) % tokens)] = 255;
    }

    return new AttentionMaps({ layers: 2, heads: 1, tokens, prefixTokens, gridHeight: 2, gridWidth: 2, weights: bytesToBase64(weights) });
}

const first = within(firstChoice, cyclic());

describe('mapOf', () => {
    it('gives the CLS row over the patches by default', () => {
        expect([...mapOf(cyclic(), first)]).toEqual([1, 0, 0, 0]);
    });

    it('answers both directions for a patch', () => {
        expect([...mapOf(cyclic(), { ...first, query: { of: 'patch', index: 1 } })]).toEqual([0, 0, 1, 0]);
        expect([...mapOf(cyclic(), { ...first, query: { of: 'patch', index: 1 }, direction: 'by' })]).toEqual([1, 0, 0, 0]);
    });

    it('gives the row of each token before the patches', () => {
        const maps = cyclic(3);
        expect([...mapOf(maps, { ...first, query: { of: 'prefix', index: 1 } })]).toEqual([0, 0, 0, 0]);
        expect([...mapOf(maps, { ...first, query: { of: 'prefix', index: 2 } })]).toEqual([1, 0, 0, 0]);
        expect([...mapOf(maps, { ...first, query: { of: 'prefix', index: 0 }, direction: 'by' })]).toEqual([0, 0, 0, 1]);
    });

    it('averages over all patches', () => {
        expect([...mapOf(cyclic(0), { ...first, query: { of: 'patches' } })]).toEqual([0.25, 0.25, 0.25, 0.25]);
        expect([...mapOf(cyclic(), { ...first, query: { of: 'patches' } })]).toEqual([0, 0.25, 0.25, 0.25]);
    });

    it('rolls attention out from the picture to the layer, with the residual stream counted in', () => {
        const choice = { ...first, head: -1, method: 'rollout' as const, layer: 1 };
        // Half stays, half moves on, twice: a quarter has moved two tokens, half one, a quarter none.
        expect([...mapOf(cyclic(), choice)]).toEqual([0.5, 0.25, 0, 0].map(value => expect.closeTo(value, 5)));
    });
});

describe('rollout', () => {
    it('has rows that sum to 1', () => {
        const matrix = rollout(cyclic(), 1);
        for (let row = 0; row < 5; row++) expect(matrix.slice(row * 5, row * 5 + 5).reduce((a, b) => a + b, 0)).toBeCloseTo(1, 5);
    });
});

describe('scaleEnd', () => {
    it('is the largest value but at least twice the even share, or the same for every map when fixed', () => {
        const maps = cyclic();
        expect(scaleEnd(maps, first, new Float32Array([0.1, 0.7]))).toBeCloseTo(0.7);
        expect(scaleEnd(maps, first, new Float32Array([0.1, 0.3]))).toBeCloseTo(0.4);
        expect(scaleEnd(maps, { ...first, scale: 'fixed' }, new Float32Array([0.1, 0.3]))).toBeCloseTo(0.8);
    });
});

describe('choices', () => {
    it('begin with the last layer', () => {
        expect(first).toMatchObject({ layer: 1, head: -1, query: { of: 'prefix', index: 0 } });
    });

    it('stay inside a smaller model', () => {
        const far = { ...firstChoice, layer: 9, head: 9, query: { of: 'patch' as const, index: 99 } };
        expect(within(far, cyclic())).toMatchObject({ layer: 1, head: 0, query: { of: 'patch', index: 3 } });
    });

    it('only ask all patches where they look', () => {
        expect(within({ ...firstChoice, direction: 'by' }, cyclic(0))).toMatchObject({ query: { of: 'patches' }, direction: 'to' });
    });

    it('are said in words', () => {
        expect(words(cyclic(), first)).toBe('What the CLS token attends to (layer 2, mean of its heads)');
        expect(words(cyclic(), { ...first, query: { of: 'patch', index: 3 }, head: 0, direction: 'by' })).toBe('Who attends to patch row 2, column 2 (layer 2, head 1)');
        expect(words(cyclic(4), { ...first, query: { of: 'prefix', index: 2 }, method: 'rollout' })).toBe('What the token of cell 3 attends to (rollout up to layer 2)');
        expect(words(cyclic(0), within(firstChoice, cyclic(0)))).toBe('What the mean of all patches attends to (layer 2, mean of its heads)');
    });
});
