import { expect, it } from 'vitest';
import { AttentionMaps } from './attention';
import { bytesToBase64 } from './base64';

// One layer, two heads, CLS and a 1 × 2 grid: 3 tokens.
const weights = [
    [[0, 255, 0], [51, 102, 102], [255, 0, 0]],
    [[0, 0, 255], [0, 255, 0], [0, 0, 255]],
].flat(2);
const payload = { layers: 1, heads: 2, tokens: 3, prefixTokens: 1, gridHeight: 1, gridWidth: 2, weights: bytesToBase64(Uint8Array.from(weights)) };

it('gives where a query looks, patch by patch', () => {
    expect([...new AttentionMaps(payload).attendsTo(0, 0, 0)]).toEqual([1, 0]);
});

it('gives who looks at a key', () => {
    expect([...new AttentionMaps(payload).attendedBy(0, 0, 0)].map(value => Math.round(value * 255))).toEqual([51, 255]);
});

it('averages over heads', () => {
    expect([...new AttentionMaps(payload).attendsTo(0, -1, 0)]).toEqual([0.5, 0.5]);
});

it('refuses weights of the wrong size', () => {
    expect(() => new AttentionMaps({ ...payload, heads: 3 })).toThrow('expected 27 bytes, got 18');
});
