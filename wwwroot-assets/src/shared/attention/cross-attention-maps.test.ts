import { expect, it } from 'vitest';
import { bytesToBase64 } from '../base64';
import { CrossAttentionMaps } from './cross-attention-maps';

// Two layers, two heads, two steps, a 1 × 2 grid.
const weights = [
    [255, 0, 0, 255], [0, 255, 0, 255],
    [255, 0, 255, 0], [255, 0, 0, 255],
].flat();
const payload = { layers: 2, heads: 2, steps: 2, gridHeight: 1, gridWidth: 2, weights: bytesToBase64(Uint8Array.from(weights)) };
const maps = new CrossAttentionMaps(payload);

it('gives where one head looks at a step', () => {
    expect([...maps.looksAt(0, 0, 1)]).toEqual([0, 1]);
    expect([...maps.looksAt(1, 1, 0)]).toEqual([1, 0]);
});

it('averages over heads, over layers, and over both', () => {
    expect([...maps.looksAt(0, 0, -1)]).toEqual([0.5, 0.5]);
    expect([...maps.looksAt(1, -1, 0)]).toEqual([0.5, 0.5]);
    expect([...maps.looksAt(0, -1, -1)]).toEqual([0.75, 0.25]);
});

it('refuses weights of the wrong size', () => {
    expect(() => new CrossAttentionMaps({ ...payload, steps: 3 })).toThrow('crossAttention: expected 24 bytes, got 16');
});
