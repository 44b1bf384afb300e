import { largest } from '../heatmap';
import { AttentionLook, type Question } from './attention-look';
import type { AttentionMaps, AttentionShape } from './attention-maps';
import { firstQuery, querySubject, queryWithin, tokensOf } from './query';
import { rollout } from './rollout';

/** Every map is drawn to the same end, or each to its own largest value. */
export type Scale = 'fixed' | 'auto';

/** What the attention view shows, chosen by hand and never by the model. */
export interface AttentionChoice extends Question {
    /** −1 for the last layer, whatever its number: the nearest to the answer. */
    layer: number;
    /** −1 for all heads together. */
    head: number;
    scale: Scale;
    /** 0 … 1 of the map over the picture. */
    opacity: number;
    /** Interpolated between patches instead of one colour for each. */
    smooth: boolean;
}

export const firstChoice: AttentionChoice = { layer: -1, head: -1, query: firstQuery, direction: 'to', method: 'mean', scale: 'auto', opacity: 0.9, smooth: false };

/**
 * The same choice inside the maps at hand, which may be of a smaller model. Who attends to all patches together is everybody alike, so that
 * query only asks where it looks.
 */
export function within(choice: AttentionChoice, maps: AttentionShape): AttentionChoice {
    const query = queryWithin(choice.query, maps);
    const last = maps.layers - 1;
    return {
        ...choice, query, layer: choice.layer < 0 ? last : Math.min(choice.layer, last), head: Math.min(choice.head, maps.heads - 1),
        direction: query.of === 'patches' ? 'to' : choice.direction,
    };
}

/** What is shown of maps: the choice, except that a look answers the one question it was made for, whatever has been chosen since. */
export function shownOf(maps: AttentionMaps | AttentionLook, choice: AttentionChoice): AttentionChoice {
    return within(maps instanceof AttentionLook ? { ...choice, ...maps.question } : choice, maps);
}

/** One value per patch, row by row, of a layer and head under the choice's query, direction and method. */
export function mapOf(maps: AttentionMaps | AttentionLook, choice: AttentionChoice, layer = choice.layer, head = choice.head): Float32Array {
    if (maps instanceof AttentionLook) return maps.row(layer, head);
    const matrix = head < 0 && choice.method === 'rollout' ? rollout(maps, layer) : maps.matrix(layer, head);
    const queries = tokensOf(choice.query, maps);
    const weight = (query: number, other: number) => (choice.direction === 'to' ? matrix[query * maps.tokens + other]! : matrix[other * maps.tokens + query]!);
    return Float32Array.from({ length: maps.patches }, (_, patch) => queries.reduce((sum, query) => sum + weight(query, maps.prefixTokens + patch), 0) / queries.length);
}

/**
 * Value at the upper end of the colours: the largest of the map, but at least twice the even share, so that a head that looks everywhere
 * alike does not glow. The fixed scale ends at four times the even share on every map.
 */
export function scaleEnd(maps: AttentionShape, choice: AttentionChoice, values: Float32Array): number {
    return choice.scale === 'fixed' ? Math.min(1, 4 / maps.tokens) : Math.max(largest(values), 2 / maps.tokens);
}

/** What the map says, in words for the caption and for people who listen. */
export function describe(maps: AttentionShape, choice: AttentionChoice): string {
    const { query, layer, head, method, direction } = choice;
    const name = querySubject(query, maps);
    const where = head >= 0 ? `layer ${layer + 1}, head ${head + 1}` : method === 'rollout' ? `rollout up to layer ${layer + 1}` : `layer ${layer + 1}, mean of its heads`;
    return direction === 'to' ? `What ${name} attends to (${where})` : `Who attends to ${name} (${where})`;
}
