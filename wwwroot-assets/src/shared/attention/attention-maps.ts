import { bytesFromBase64 } from '../base64';
import { patchName } from './patch-name';

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

/**
 * The sizes of a stack's attention over one picture. Patch p of the grid is token prefixTokens + p; the tokens before the patches gather what
 * an answer is read from.
 */
export abstract class AttentionShape {
    readonly layers: number;
    readonly heads: number;
    readonly tokens: number;
    readonly prefixTokens: number;
    readonly gridHeight: number;
    readonly gridWidth: number;
    /** The patches that take part, in order. */
    readonly attending: readonly number[];

    /** @param padding Patches that take no part: nothing looks at them, and what they look at means nothing. */
    constructor(payload: Omit<AttentionPayload, 'weights'>, padding: readonly number[] = []) {
        ({ layers: this.layers, heads: this.heads, tokens: this.tokens, prefixTokens: this.prefixTokens, gridHeight: this.gridHeight, gridWidth: this.gridWidth } = payload);
        this.attending = Array.from({ length: this.patches }, (_, patch) => patch).filter(patch => !padding.includes(patch));
    }

    get patches(): number {
        return this.gridHeight * this.gridWidth;
    }

    /** What the tokens before the patches are called: one is the CLS token, several read one cell of a grid each. */
    get prefixNames(): string[] {
        return this.prefixTokens === 1 ? ['CLS token'] : Array.from({ length: this.prefixTokens }, (_, index) => `cell ${index + 1}`);
    }

    /** Each patch is an image of its own, in one row with the others: a sequence. */
    get ofImages(): boolean {
        return this.gridHeight === 1;
    }

    patchName(patch: number): string {
        return patchName(patch, this);
    }
}

/** Attention of one picture through the stack, every token's to every token. */
export class AttentionMaps extends AttentionShape {
    readonly #weights: Uint8Array;

    constructor(payload: AttentionPayload, padding: readonly number[] = []) {
        super(payload, padding);
        this.#weights = bytesFromBase64(payload.weights);
        const expected = this.layers * this.heads * this.tokens * this.tokens;
        if (this.#weights.length !== expected) throw new Error(`attention: expected ${expected} bytes, got ${this.#weights.length}`);
    }

    /** 0 … 1. */
    weight(layer: number, head: number, query: number, key: number): number {
        return this.#weights[((layer * this.heads + head) * this.tokens + query) * this.tokens + key]! / 255;
    }

    /** Tokens × tokens of a layer, queries downward, row by row. Head −1 is the mean over heads. */
    matrix(layer: number, head: number): Float32Array {
        const heads = head < 0 ? Array.from({ length: this.heads }, (_, index) => index) : [head];
        const size = this.tokens * this.tokens;
        const sums = new Float32Array(size);
        for (const chosen of heads) {
            const start = (layer * this.heads + chosen) * size;
            for (let index = 0; index < size; index++) sums[index]! += this.#weights[start + index]!;
        }

        return sums.map(sum => sum / heads.length / 255);
    }
}
