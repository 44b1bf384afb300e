import { bytesFromBase64 } from './base64';

/** As the server sends it: weights[layer, head, query, key] as base64 of bytes, 255 = 1. */
export interface AttentionPayload {
    layers: number;
    heads: number;
    tokens: number;
    prefixTokens: number;
    gridHeight: number;
    gridWidth: number;
    weights: string;
}

/** Attention of one picture through the stack. Patch p of the grid is token prefixTokens + p; token 0 is CLS when prefixTokens is 1. */
export class AttentionMaps {
    readonly layers: number;
    readonly heads: number;
    readonly tokens: number;
    readonly prefixTokens: number;
    readonly gridHeight: number;
    readonly gridWidth: number;
    readonly #weights: Uint8Array;

    constructor(payload: AttentionPayload) {
        ({ layers: this.layers, heads: this.heads, tokens: this.tokens, prefixTokens: this.prefixTokens, gridHeight: this.gridHeight, gridWidth: this.gridWidth } = payload);
        this.#weights = bytesFromBase64(payload.weights);
        const expected = this.layers * this.heads * this.tokens * this.tokens;
        if (this.#weights.length !== expected) throw new Error(`attention: expected ${expected} bytes, got ${this.#weights.length}`);
    }

    get patches(): number {
        return this.gridHeight * this.gridWidth;
    }

    /** 0 … 1. */
    weight(layer: number, head: number, query: number, key: number): number {
        return this.#weights[((layer * this.heads + head) * this.tokens + query) * this.tokens + key]! / 255;
    }

    /** Where token `query` looks: one value per patch, row by row. Head −1 is the mean over heads. */
    attendsTo(layer: number, head: number, query: number): Float32Array {
        return this.#perPatch(head, (chosen, patch) => this.weight(layer, chosen, query, this.prefixTokens + patch));
    }

    /** Who looks at token `key`: one value per patch, row by row. Head −1 is the mean over heads. */
    attendedBy(layer: number, head: number, key: number): Float32Array {
        return this.#perPatch(head, (chosen, patch) => this.weight(layer, chosen, this.prefixTokens + patch, key));
    }

    #perPatch(head: number, value: (head: number, patch: number) => number): Float32Array {
        const heads = head < 0 ? Array.from({ length: this.heads }, (_, index) => index) : [head];
        return Float32Array.from({ length: this.patches }, (_, patch) => heads.reduce((sum, chosen) => sum + value(chosen, patch), 0) / heads.length);
    }
}
