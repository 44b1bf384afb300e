import type { AttentionMaps } from '../shared/attention';

/**
 * Attention rollout (Abnar & Zuidema 2020) up to and including a layer: the product of 0.5 I + 0.5 mean over heads, rows normalised to 1,
 * so that the residual stream is counted in. Row = token after that layer, column = token of the picture it came from;
 * tokens × tokens, row by row.
 */
export function rollout(maps: AttentionMaps, layer: number): Float32Array {
    const n = maps.tokens;
    let product = identity(n);
    for (let l = 0; l <= layer; l++) {
        product = multiply(mixed(maps, l), product, n);
    }
    return product;
}

/** One value per patch of a rollout: what the token came from ('to'), or where it went ('by'). */
export function rolloutRow(maps: AttentionMaps, matrix: Float32Array, token: number, direction: 'to' | 'by'): Float32Array {
    return Float32Array.from({ length: maps.patches }, (_, patch) => {
        const other = maps.prefixTokens + patch;
        return direction === 'to' ? matrix[token * maps.tokens + other]! : matrix[other * maps.tokens + token]!;
    });
}

function mixed(maps: AttentionMaps, layer: number): Float32Array {
    const n = maps.tokens;
    const matrix = new Float32Array(n * n);
    for (let row = 0; row < n; row++) {
        let sum = 0;
        for (let column = 0; column < n; column++) {
            let mean = 0;
            for (let head = 0; head < maps.heads; head++) {
                mean += maps.weight(layer, head, row, column) / maps.heads;
            }
            matrix[row * n + column] = 0.5 * mean + (row === column ? 0.5 : 0);
            sum += matrix[row * n + column]!;
        }
        for (let column = 0; column < n; column++) {
            matrix[row * n + column]! /= sum;
        }
    }
    return matrix;
}

function identity(n: number): Float32Array {
    const matrix = new Float32Array(n * n);
    for (let i = 0; i < n; i++) {
        matrix[i * n + i] = 1;
    }
    return matrix;
}

function multiply(a: Float32Array, b: Float32Array, n: number): Float32Array {
    const product = new Float32Array(n * n);
    for (let i = 0; i < n; i++) {
        for (let k = 0; k < n; k++) {
            const factor = a[i * n + k]!;
            for (let j = 0; j < n; j++) {
                product[i * n + j]! += factor * b[k * n + j]!;
            }
        }
    }
    return product;
}
