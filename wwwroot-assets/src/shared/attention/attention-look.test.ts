import { describe, expect, it } from 'vitest';
import { bytesToBase64 } from '../base64';
import { AttentionLook, lookRequest } from './attention-look';
import { firstChoice, mapOf, shownOf } from './map-choice';

// One layer, one head and all heads together, over a 1 × 2 grid.
const weights = (...values: number[]) => bytesToBase64(new Uint8Array(Uint16Array.from(values.map(value => value * 65535)).buffer));
const payload = { layers: 1, heads: 1, tokens: 2, prefixTokens: 0, gridHeight: 1, gridWidth: 2, of: 'patch' as const, index: 1, direction: 'by' as const, method: 'mean' as const, weights: weights(1, 0, 0.5, 0.25) };
const look = new AttentionLook(payload);

describe('AttentionLook', () => {
    it('has a row for each head and one for all of them', () => {
        expect([...look.row(0, 0)]).toEqual([1, 0]);
        expect([...look.row(0, -1)]).toEqual([expect.closeTo(0.5, 4), expect.closeTo(0.25, 4)]);
    });

    it('refuses weights of the wrong size', () => {
        expect(() => new AttentionLook({ ...payload, heads: 2 })).toThrow('look: expected 6 numbers, got 4');
    });

    it('is shown as the answer to its own question, whatever has been chosen since', () => {
        const shown = shownOf(look, { ...firstChoice, query: { of: 'patch', index: 0 }, head: 0 });
        expect(shown).toMatchObject({ query: { of: 'patch', index: 1 }, direction: 'by', layer: 0, head: 0 });
        expect([...mapOf(look, shown)]).toEqual([1, 0]);
    });
});

it('asks the server in its words', () => {
    expect(lookRequest({ query: { of: 'patches' }, direction: 'to', method: 'rollout' })).toEqual({ of: 'patches', index: 0, direction: 'to', method: 'rollout' });
    expect(lookRequest({ query: { of: 'prefix', index: 2 }, direction: 'by', method: 'mean' })).toEqual({ of: 'prefix', index: 2, direction: 'by', method: 'mean' });
});
