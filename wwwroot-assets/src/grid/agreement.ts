import { emptyMark, readParts, type ReadingPayload } from '../shared/reading';

/** What one reader says about a drawing in cells. */
export interface Read {
    /** The digits, in reading order. */
    labels: readonly number[];
    /** What each cell is read as, null for empty; null when the reader does not say which digit lies where. */
    cells: readonly (string | null)[] | null;
}

export interface Agreement {
    agree: boolean;
    words: string;
    /** The cells that are read differently. */
    cells: number[];
}

/** @param drawn The cells that are drawn in: a text with one digit for each of them says which digit lies where. */
export function readOf(reading: ReadingPayload, classes: readonly string[], drawn: readonly number[], count: number): Read {
    const { labels, regions } = reading;
    if (regions.length === count && regions.every(region => region.box)) {
        return { labels, cells: readParts(reading, classes, null).map(({ text }) => (text === emptyMark ? null : text)) };
    }

    if (labels.length !== drawn.length) return { labels, cells: null };
    const cells = new Array<string | null>(count).fill(null);
    drawn.forEach((cell, place) => (cells[cell] = String(labels[place])));
    return { labels, cells };
}

/** Whether readers of one drawing say the same, in words. */
export function compare(reads: readonly Read[]): Agreement {
    const texts = reads.map(({ labels }) => (labels.length > 0 ? labels.join(' ') : 'nothing'));
    if (reads.length === 1) return { agree: true, words: `Read as ${texts[0]}`, cells: [] };
    const placed = reads.every(({ cells }) => cells);
    const differing = placed ? reads[0]!.cells!.flatMap((_, cell) => (alike(reads.map(({ cells }) => cells![cell])) ? [] : [cell])) : [];
    if (alike(texts) && differing.length === 0) return { agree: true, words: `${reads.length === 2 ? 'Both' : `All ${reads.length}`} read ${texts[0]}`, cells: [] };
    const places = differing.map(cell => `cell ${cell + 1} is ${[...new Set(reads.map(({ cells }) => cells![cell] ?? 'empty'))].join(' or ')}`);
    return { agree: false, words: `They disagree: ${places.length > 0 ? places.join(', ') : [...new Set(texts)].join(', or ')}`, cells: differing };
}

const alike = (values: readonly unknown[]): boolean => values.every(value => value === values[0]);
