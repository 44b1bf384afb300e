import { describe, expect, it } from 'vitest';
import { AttentionMaps } from '../shared/attention';
import { bytesToBase64 } from '../shared/base64';
import { describe as words, firstChoice, mapOf, moveQuery, scaleEnd, within } from './attention-choice';
import { rollout } from './rollout';

// Two layers, one head, CLS and a grid of 2 × 2 patches: token q puts all its weight on token (q + 1) mod 5.
function cyclic(): AttentionMaps {
    const weights = new Uint8Array(2 * 25);
    for (let layer = 0; layer < 2; layer++) {
        for (let query = 0; query < 5; query++) {
            weights[layer * 25 + query * 5 + ((query + 1) % 5)] = 255;
        }
    }
    return new AttentionMaps({ layers: 2, heads: 1, tokens: 5, prefixTokens: 1, gridHeight: 2, gridWidth: 2, weights: bytesToBase64(weights) });
}

describe('mapOf', () => {
    it('gives the CLS row over the patches by default', () => {
        expect([...mapOf(cyclic(), firstChoice)]).toEqual([1, 0, 0, 0]);
    });

    it('answers both directions for a patch', () => {
        expect([...mapOf(cyclic(), { ...firstChoice, patch: 1 })]).toEqual([0, 0, 1, 0]);
        expect([...mapOf(cyclic(), { ...firstChoice, patch: 1, direction: 'by' })]).toEqual([1, 0, 0, 0]);
    });

    it('rolls attention out from the picture to the layer, with the residual stream counted in', () => {
        const choice = { ...firstChoice, head: -1, method: 'rollout' as const, layer: 1 };
        // Half stays, half moves on, twice: a quarter has moved two tokens, half one, a quarter none.
        expect([...mapOf(cyclic(), choice)]).toEqual([0.5, 0.25, 0, 0].map((v) => expect.closeTo(v, 5)));
    });
});

describe('rollout', () => {
    it('has rows that sum to 1', () => {
        const matrix = rollout(cyclic(), 1);
        for (let row = 0; row < 5; row++) {
            expect(matrix.slice(row * 5, row * 5 + 5).reduce((a, b) => a + b, 0)).toBeCloseTo(1, 5);
        }
    });
});

describe('scaleEnd', () => {
    it('is the largest value but at least twice the even share, or the same for every map when fixed', () => {
        const maps = cyclic();
        expect(scaleEnd(maps, firstChoice, new Float32Array([0.1, 0.7]))).toBeCloseTo(0.7);
        expect(scaleEnd(maps, firstChoice, new Float32Array([0.1, 0.3]))).toBeCloseTo(0.4);
        expect(scaleEnd(maps, { ...firstChoice, scale: 'fixed' }, new Float32Array([0.1, 0.3]))).toBeCloseTo(0.8);
    });
});

describe('choices', () => {
    it('stay inside a smaller model', () => {
        expect(within({ ...firstChoice, layer: 9, head: 9, patch: 99 }, cyclic())).toMatchObject({ layer: 1, head: 0, patch: 3 });
        expect(within({ ...firstChoice, head: -1 }, cyclic()).head).toBe(-1);
    });

    it('move the query by arrow keys inside the grid and back to CLS', () => {
        const maps = cyclic();
        expect(moveQuery(maps, -1, 'ArrowDown')).toBe(3);
        expect(moveQuery(maps, 0, 'ArrowLeft')).toBe(0);
        expect(moveQuery(maps, 0, 'ArrowDown')).toBe(2);
        expect(moveQuery(maps, 2, 'Escape')).toBe(-1);
        expect(moveQuery(maps, 2, 'x')).toBe(2);
    });

    it('are said in words', () => {
        expect(words(cyclic(), firstChoice)).toBe('What the CLS token attends to (layer 1, head 1)');
        expect(words(cyclic(), { ...firstChoice, patch: 3, head: -1, direction: 'by' })).toBe('Who attends to patch row 2, column 2 (layer 1, mean of its heads)');
    });
});
