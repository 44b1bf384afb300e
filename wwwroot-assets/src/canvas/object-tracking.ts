import { type Box, intersectionOverUnion } from '../shared/box';
import type { Stroke } from '../shared/stroke-model';

interface Thing {
    box: Box;
    strokes: readonly Stroke[];
}

/** Below this share of boxes or strokes two things of successive answers are not the same. */
const sameThing = 0.3;

/**
 * Gives what is seen now the names of what was seen before, where it is the same thing, so that what is shown changes in place. Closest pairs
 * first; each name goes to one thing only, and what is new gets a name of its own.
 * @param fresh Makes a name that was never used.
 */
export function follow<T extends Thing>(before: readonly (Thing & { id: number })[], now: readonly T[], fresh: () => number): (T & { id: number })[] {
    const pairs = now
        .flatMap((thing, index) => before.map(other => ({ index, id: other.id, share: likeness(thing, other) })))
        .filter(({ share }) => share >= sameThing)
        .sort((a, b) => b.share - a.share);
    const names = new Map<number, number>();
    const given = new Set<number>();
    for (const { index, id } of pairs) {
        if (names.has(index) || given.has(id)) continue;
        names.set(index, id);
        given.add(id);
    }

    return now.map((thing, index) => ({ ...thing, id: names.get(index) ?? fresh() }));
}

/** Share of what two things have in common, 0 … 1: of their strokes, or of the room they take. */
function likeness(a: Thing, b: Thing): number {
    const shared = a.strokes.filter(stroke => b.strokes.includes(stroke)).length;
    return Math.max(intersectionOverUnion(a.box, b.box), shared / Math.max(1, a.strokes.length + b.strokes.length - shared));
}
