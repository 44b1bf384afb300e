import type { AttentionMaps } from './attention-maps';

/**
 * Attention rollout (Abnar & Zuidema 2020) up to and including a layer: the product of 0.5 I + 0.5 mean over heads, rows normalised to 1,
 * so that the residual stream is counted in. Row = token after that layer, column = token of the picture it came from;
 * tokens × tokens, row by row.
 */
export function rollout(maps: AttentionMaps, layer: number): Float32Array {
    const n = maps.tokens;
    let product = identity(n);
    for (let below = 0; below <= layer; below++) product = multiply(mixed(maps, below), product, n);
    return product;
}

function mixed(maps: AttentionMaps, layer: number): Float32Array {
    const n = maps.tokens;
    const matrix = maps.matrix(layer, -1).map((mean, index) => 0.5 * mean + (index % (n + 1) === 0 ? 0.5 : 0));
    for (let start = 0; start < n * n; start += n) {
        const row = matrix.subarray(start, start + n);
        const sum = row.reduce((total, weight) => total + weight, 0);
        row.forEach((weight, column) => (row[column] = weight / sum));
    }

    return matrix;
}

function identity(n: number): Float32Array {
    return Float32Array.from({ length: n * n }, (_, index) => (index % (n + 1) === 0 ? 1 : 0));
}

function multiply(a: Float32Array, b: Float32Array, n: number): Float32Array {
    const product = new Float32Array(n * n);
    for (let row = 0; row < n; row++) {
        for (let inner = 0; inner < n; inner++) {
            const factor = a[row * n + inner]!;
            for (let column = 0; column < n; column++) product[row * n + column]! += factor * b[inner * n + column]!;
        }
    }

    return product;
}
