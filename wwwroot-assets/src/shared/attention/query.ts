import type { AttentionShape } from './attention-maps';

/** Whose attention is shown: a token before the patches, one patch (row by row), or all patches together. */
export type Query = { of: 'prefix'; index: number } | { of: 'patch'; index: number } | { of: 'patches' };

/** The first token before the patches: what the answer, or its first part, is read from. */
export const firstQuery: Query = { of: 'prefix', index: 0 };

/** The queries a model offers beside its patches: its tokens before the patches, or all patches together where it has none. */
export function offeredQueries(maps: AttentionShape): Query[] {
    return maps.prefixTokens === 0 ? [{ of: 'patches' }] : maps.prefixNames.map((_, index) => ({ of: 'prefix', index }));
}

/** The same query of the model at hand, which may have fewer tokens; the first it offers where it has no such one. */
export function queryWithin(query: Query, maps: AttentionShape): Query {
    if (query.of === 'patch') return { of: 'patch', index: Math.min(query.index, maps.patches - 1) };
    const offered = offeredQueries(maps);
    return offered.find(other => sameQuery(other, query)) ?? offered[0]!;
}

export function sameQuery(a: Query, b: Query): boolean {
    return a.of === b.of && (a.of === 'patches' || a.index === (b as { index: number }).index);
}

/** The patch to frame; −1 for a query that is not one patch. */
export const patchOf = (query: Query): number => (query.of === 'patch' ? query.index : -1);

/** The tokens whose attention is averaged. */
export function tokensOf(query: Query, maps: AttentionShape): number[] {
    if (query.of === 'prefix') return [query.index];
    return query.of === 'patch' ? [maps.prefixTokens + query.index] : maps.attending.map(patch => maps.prefixTokens + patch);
}

/** "CLS token", "cell 3", "row 2, column 3", "mean of all patches". */
export function queryName(query: Query, maps: AttentionShape): string {
    if (query.of === 'prefix') return maps.prefixNames[query.index]!;
    return query.of === 'patch' ? maps.patchName(query.index) : `mean of all ${maps.ofImages ? 'images' : 'patches'}`;
}

/** The query in the middle of a sentence: "the CLS token", "the token of cell 3", "patch row 2, column 3". */
export function querySubject(query: Query, maps: AttentionShape): string {
    const name = queryName(query, maps);
    if (query.of === 'patch') return maps.ofImages ? name : `patch ${name}`;
    return query.of === 'prefix' && maps.prefixTokens > 1 ? `the token of ${name}` : `the ${name}`;
}

/** The query moved by an arrow key: the first step enters the grid in its middle, Escape leads back to the first query on offer. */
export function moveQuery(query: Query, key: string, maps: AttentionShape): Query {
    if (key === 'Escape') return offeredQueries(maps)[0]!;
    const [dx, dy] = ({ ArrowLeft: [-1, 0], ArrowRight: [1, 0], ArrowUp: [0, -1], ArrowDown: [0, 1] } as Record<string, [number, number]>)[key] ?? [0, 0];
    if (dx === 0 && dy === 0) return query;
    const { gridWidth, gridHeight } = maps;
    if (query.of !== 'patch') return { of: 'patch', index: Math.floor(gridHeight / 2) * gridWidth + Math.floor(gridWidth / 2) };
    const x = Math.min(Math.max((query.index % gridWidth) + dx, 0), gridWidth - 1);
    const y = Math.min(Math.max(Math.floor(query.index / gridWidth) + dy, 0), gridHeight - 1);
    return { of: 'patch', index: y * gridWidth + x };
}
