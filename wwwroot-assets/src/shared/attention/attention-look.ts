import { bytesFromBase64 } from '../base64';
import { type AttentionPayload, AttentionShape } from './attention-maps';
import type { Query } from './query';

/** 'to': what the query attends to; 'by': who attends to it. */
export type Direction = 'to' | 'by';

/** What "all heads" means: the mean of a layer's heads, or the rollout from the picture up to that layer. */
export type Method = 'mean' | 'rollout';

/** What is asked of the attention of a stack. */
export interface Question {
    query: Query;
    direction: Direction;
    method: Method;
}

/** A question as the server takes it. */
export interface LookRequest {
    of: Query['of'];
    index: number;
    direction: Direction;
    method: Method;
}

/** A question as it was understood, with its answer: weights[layer, head, patch] as base64 of little-endian 16-bit numbers, 65,535 = 1. */
export interface LookPayload extends AttentionPayload, LookRequest {}

export function lookRequest({ query, direction, method }: Question): LookRequest {
    return { of: query.of, index: query.of === 'patches' ? 0 : query.index, direction, method };
}

/** One question's answer by every layer and head: all that a page shows at a time of maps that grow with the square of the tokens. */
export class AttentionLook extends AttentionShape {
    readonly question: Question;
    readonly #weights: Uint16Array;

    constructor(payload: LookPayload) {
        super(payload);
        const { of, index, direction, method } = payload;
        this.question = { query: of === 'patches' ? { of } : { of, index }, direction, method };
        this.#weights = new Uint16Array(bytesFromBase64(payload.weights).buffer);
        const expected = this.layers * (this.heads + 1) * this.patches;
        if (this.#weights.length !== expected) throw new Error(`look: expected ${expected} numbers, got ${this.#weights.length}`);
    }

    /** One value per patch, row by row. Head −1 is all heads together. */
    row(layer: number, head: number): Float32Array {
        const start = (layer * (this.heads + 1) + (head < 0 ? this.heads : head)) * this.patches;
        return Float32Array.from(this.#weights.subarray(start, start + this.patches), weight => weight / 65535);
    }
}
