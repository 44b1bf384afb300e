import { type AttentionMessage, decodeBytes } from './wire';

/** Attention of one picture, decoded: weights[layer, head, query, key] as bytes, 255 = 1. */
export interface Attention {
  layers: number;
  heads: number;
  tokens: number;
  prefixTokens: number;
  gridHeight: number;
  gridWidth: number;
  weights: Uint8Array;
}

/** One row attends to all keys; the opposite question, who attends to a token, is a column. */
export type Direction = 'to' | 'by';

/** 'raw' is one head of one layer; 'rollout' multiplies the head averages from the first layer up to the chosen one. */
export type Method = 'raw' | 'rollout';

/** The token of the query: CLS, or a patch of the grid counted row by row. */
export type Query = 'cls' | number;

/** Weights over the patches (gridHeight × gridWidth, row by row), and what falls on the CLS token itself; each in 0…1. */
export interface AttentionRow {
  patches: Float32Array;
  prefix: number;
}

export function decodeAttention(message: AttentionMessage): Attention {
  const { layers, heads, tokens } = message;
  const weights = decodeBytes(message.weights);
  if (weights.length !== layers * heads * tokens * tokens) {
    throw new Error(`attention: expected ${layers} × ${heads} × ${tokens} × ${tokens} bytes, got ${weights.length}.`);
  }
  return { ...message, weights };
}

export function tokenOf(attention: Attention, query: Query): number {
  return query === 'cls' ? 0 : attention.prefixTokens + query;
}

/** What a query token attends to, or by whom it is attended to, in one head of one layer. */
export function rawRow(attention: Attention, layer: number, head: number, query: Query, direction: Direction): AttentionRow {
  const { tokens, heads, weights } = attention;
  const matrix = (layer * heads + head) * tokens * tokens;
  const token = tokenOf(attention, query);
  return split(attention, (other) => weights[matrix + (direction === 'to' ? token * tokens + other : other * tokens + token)]! / 255);
}

/**
 * Attention rollout (Abnar & Zuidema 2020) up to and including a layer: the product of 0.5 I + 0.5 mean over heads, rows normalised to 1,
 * so the residual stream is counted in. Row = token after that layer, column = patch of the picture it came from. (tokens × tokens)
 */
export function rollout(attention: Attention, layer: number): Float32Array {
  const { tokens } = attention;
  let product = identity(tokens);
  for (let l = 0; l <= layer; l++) {
    product = multiply(mixedLayer(attention, l), product, tokens);
  }
  return product;
}

export function rolloutRow(attention: Attention, layer: number, query: Query, direction: Direction): AttentionRow {
  const { tokens } = attention;
  const matrix = rollout(attention, layer);
  const token = tokenOf(attention, query);
  return split(attention, (other) => matrix[direction === 'to' ? token * tokens + other : other * tokens + token]!);
}

export function largest(row: AttentionRow): number {
  return row.patches.reduce((a, b) => Math.max(a, b), 0);
}

function split(attention: Attention, valueOf: (token: number) => number): AttentionRow {
  const { prefixTokens, gridHeight, gridWidth } = attention;
  const patches = new Float32Array(gridHeight * gridWidth);
  for (let p = 0; p < patches.length; p++) {
    patches[p] = valueOf(prefixTokens + p);
  }
  return { patches, prefix: prefixTokens > 0 ? valueOf(0) : 0 };
}

function mixedLayer({ heads, tokens, weights }: Attention, layer: number): Float32Array {
  const mixed = new Float32Array(tokens * tokens);
  for (let row = 0; row < tokens; row++) {
    let sum = 0;
    for (let column = 0; column < tokens; column++) {
      let mean = 0;
      for (let head = 0; head < heads; head++) {
        mean += weights[((layer * heads + head) * tokens + row) * tokens + column]! / (255 * heads);
      }
      const value = 0.5 * mean + (row === column ? 0.5 : 0);
      mixed[row * tokens + column] = value;
      sum += value;
    }
    for (let column = 0; column < tokens; column++) {
      mixed[row * tokens + column]! /= sum;
    }
  }
  return mixed;
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
