import type { Grid } from '../heatmap';
import { percent } from '../format';
import { patchName } from './patch-name';
import { centreOfAttention, concentration, type Point } from './reading-path';

/** What a decoder wrote at one step. */
export interface Token {
    /** "7"; "finish" for the token that ends the writing. */
    text: string;
    /** 0 … 1. */
    probability: number;
}

export const finishes = (token: Token): boolean => token.text === 'finish';

/** Below this concentration the eye sees no place in a map. */
const haze = 0.15;

/** "upper left", "middle", "right": a place in ninths, the middle ones a fifth wide, since a digit's attention leans inwards. */
export function regionName({ x, y }: Point): string {
    const third = (value: number) => (value < 0.4 ? 0 : value > 0.6 ? 2 : 1);
    const names = [['upper left', 'top', 'upper right'], ['left', 'middle', 'right'], ['lower left', 'bottom', 'lower right']];
    return names[third(y)]![third(x)]!;
}

/** "mostly at the upper right"; "evenly over the whole picture" when no place stands out. */
export function lookWords(grid: Grid): string {
    return concentration(grid) < haze ? 'evenly over the whole picture' : `mostly at the ${regionName(centreOfAttention(grid))}`;
}

/**
 * "Looks most at row 2, column 3, 41.3 %".
 * @param who "The anchor looks".
 * @param name Of a patch; by its place when left out.
 */
export function mostWords({ values, width, height }: Grid, who = 'Looks', name = (patch: number) => patchName(patch, { gridWidth: width, gridHeight: height })): string {
    const weights = Array.from(values);
    const most = weights.indexOf(Math.max(...weights));
    return `${who} most at ${name(most)}, ${percent(weights[most]!)}`;
}

/** "Step 2 of 4, emits 7, looks mostly at the upper right". */
export function stepWords(step: number, tokens: readonly Token[], grid: Grid): string {
    const token = tokens[step]!;
    return `Step ${step + 1} of ${tokens.length}, ${finishes(token) ? 'finishes' : `emits ${token.text}`}, looks ${lookWords(grid)}`;
}
