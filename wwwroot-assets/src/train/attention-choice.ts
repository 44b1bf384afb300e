import type { AttentionMaps } from '../shared/attention';
import { largest } from '../shared/heatmap';
import { rollout, rolloutRow } from './rollout';

/** 'to': what the chosen token attends to; 'by': who attends to it. */
export type Direction = 'to' | 'by';

/** What "all heads" means: the mean of a layer's heads, or the rollout from the picture up to that layer. */
export type Method = 'mean' | 'rollout';

/** Every map is drawn to the same end, or each to its own largest value. */
export type Scale = 'fixed' | 'auto';

/** What the attention view shows, chosen by hand and never by the run. */
export interface AttentionChoice {
    layer: number;
    /** −1 for all heads together. */
    head: number;
    /** Patch of the grid, row by row; −1 for the CLS token. */
    patch: number;
    direction: Direction;
    method: Method;
    scale: Scale;
    opacity: number;
    /** Interpolated between patches instead of one colour for each. */
    smooth: boolean;
}

export const firstChoice: AttentionChoice = { layer: 0, head: 0, patch: -1, direction: 'to', method: 'mean', scale: 'auto', opacity: 0.65, smooth: false };

/** The same choice inside the maps at hand, which may be of a smaller model. */
export function within(choice: AttentionChoice, maps: AttentionMaps): AttentionChoice {
    const patch = maps.prefixTokens === 0 ? Math.max(choice.patch, 0) : choice.patch;
    return { ...choice, layer: Math.min(choice.layer, maps.layers - 1), head: Math.min(choice.head, maps.heads - 1), patch: Math.min(patch, maps.patches - 1) };
}

/** One value per patch, row by row, of a layer and head under the choice's query, direction and method. */
export function mapOf(maps: AttentionMaps, choice: AttentionChoice, layer = choice.layer, head = choice.head): Float32Array {
    const token = tokenOf(maps, choice.patch);
    if (head < 0 && choice.method === 'rollout') {
        return rolloutRow(maps, rollout(maps, layer), token, choice.direction);
    }
    return choice.direction === 'to' ? maps.attendsTo(layer, head, token) : maps.attendedBy(layer, head, token);
}

/**
 * Value at the upper end of the colours: the largest of the map, but at least twice the even share, so that a head that looks everywhere
 * alike does not glow. The fixed scale ends at four times the even share on every map.
 */
export function scaleEnd(maps: AttentionMaps, choice: AttentionChoice, values: Float32Array): number {
    return choice.scale === 'fixed' ? Math.min(1, 4 / maps.tokens) : Math.max(largest(values), 2 / maps.tokens);
}

/** What the map says, in words for the caption and for people who listen. */
export function describe(maps: AttentionMaps, choice: AttentionChoice): string {
    const token = choice.patch < 0 ? 'the CLS token' : `patch ${patchName(maps, choice.patch)}`;
    const where = choice.head >= 0 ? `layer ${choice.layer + 1}, head ${choice.head + 1}` : choice.method === 'rollout' ? `rollout up to layer ${choice.layer + 1}` : `layer ${choice.layer + 1}, mean of its heads`;
    return choice.direction === 'to' ? `What ${token} attends to (${where})` : `Who attends to ${token} (${where})`;
}

/** "row 2, column 3", counted from 1. */
export function patchName(maps: AttentionMaps, patch: number): string {
    return `row ${Math.floor(patch / maps.gridWidth) + 1}, column ${(patch % maps.gridWidth) + 1}`;
}

/** The query moved by an arrow key; from CLS the first step enters the grid in its middle, Escape leads back to CLS. */
export function moveQuery(maps: AttentionMaps, patch: number, key: string): number {
    if (key === 'Escape') {
        return maps.prefixTokens > 0 ? -1 : patch;
    }
    const [dx, dy] = ({ ArrowLeft: [-1, 0], ArrowRight: [1, 0], ArrowUp: [0, -1], ArrowDown: [0, 1] } as Record<string, [number, number]>)[key] ?? [0, 0];
    if (dx === 0 && dy === 0) {
        return patch;
    }
    if (patch < 0) {
        return Math.floor(maps.gridHeight / 2) * maps.gridWidth + Math.floor(maps.gridWidth / 2);
    }
    const x = Math.min(Math.max((patch % maps.gridWidth) + dx, 0), maps.gridWidth - 1);
    const y = Math.min(Math.max(Math.floor(patch / maps.gridWidth) + dy, 0), maps.gridHeight - 1);
    return y * maps.gridWidth + x;
}

function tokenOf(maps: AttentionMaps, patch: number): number {
    return patch < 0 ? 0 : maps.prefixTokens + patch;
}
