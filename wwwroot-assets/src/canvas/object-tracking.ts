import { type Box, intersectionOverUnion } from '../shared/box';

/** Below this share two boxes of successive answers are not the same thing. */
const sameThing = 0.3;

/**
 * Gives what is seen now the names of what was seen before, where it is the same thing, so that what is shown changes in place. Closest pairs
 * first; each name goes to one thing only, and what is new gets a name of its own.
 * @param fresh Makes a name that was never used.
 */
export function follow<T extends { box: Box }>(before: readonly { id: number; box: Box }[], now: readonly T[], fresh: () => number): (T & { id: number })[] {
    const pairs = now
        .flatMap((thing, index) => before.map(({ id, box }) => ({ index, id, share: intersectionOverUnion(thing.box, box) })))
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
