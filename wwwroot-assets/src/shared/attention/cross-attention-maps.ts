import { bytesFromBase64 } from '../base64';

/** As the server sends it: weights[layer, head, step, patch] as base64 of bytes, 255 = 1. */
export interface CrossAttentionPayload {
    layers: number;
    heads: number;
    steps: number;
    gridHeight: number;
    gridWidth: number;
    weights: string;
}

/** Where a decoder looked in the picture as it emitted one token after the other. */
export class CrossAttentionMaps {
    readonly layers: number;
    readonly heads: number;
    readonly steps: number;
    readonly gridHeight: number;
    readonly gridWidth: number;
    readonly #weights: Uint8Array;

    constructor(payload: CrossAttentionPayload) {
        ({ layers: this.layers, heads: this.heads, steps: this.steps, gridHeight: this.gridHeight, gridWidth: this.gridWidth } = payload);
        this.#weights = bytesFromBase64(payload.weights);
        const expected = this.layers * this.heads * this.steps * this.patches;
        if (this.#weights.length !== expected) throw new Error(`crossAttention: expected ${expected} bytes, got ${this.#weights.length}`);
    }

    get patches(): number {
        return this.gridHeight * this.gridWidth;
    }

    /** 0 … 1. */
    weight(layer: number, head: number, step: number, patch: number): number {
        return this.#weights[((layer * this.heads + head) * this.steps + step) * this.patches + patch]! / 255;
    }

    /** Where the decoder looks at a step: one value per patch, row by row. Layer −1 is the mean over layers, head −1 over heads. */
    looksAt(step: number, layer: number, head: number): Float32Array {
        const layers = layer < 0 ? indices(this.layers) : [layer];
        const heads = head < 0 ? indices(this.heads) : [head];
        const values = new Float32Array(this.patches);
        for (const l of layers) for (const h of heads) for (let patch = 0; patch < values.length; patch++) values[patch]! += this.weight(l, h, step, patch);
        return values.map(value => value / (layers.length * heads.length));
    }
}

const indices = (count: number): number[] => Array.from({ length: count }, (_, index) => index);
