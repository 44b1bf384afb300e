import { AnchorLook, ImagesLook, type LookView } from './look-view';
import { anchor, everyCell, images } from './sequence-grid';

/** What is right, as a reading's label, and why. */
export interface Truth {
    label: number;
    words: string;
}

/** What is drawn in a cell: a digit, or null for one that is nobody's sample. */
export type Digits = ReadonlyMap<number, number | null>;

/** One question about what is drawn. */
export interface Task {
    /** The cells that its readers see, in their order. */
    cells: readonly number[];
    /** What has to be drawn before it can be answered; empty when nothing is missing. */
    missing(drawn: readonly number[]): string;
    /** Null where nobody knows. */
    truth(digits: Digits): Truth | null;
    /** Where a reader looked. */
    openLooks(root: HTMLElement): LookView;
}

const anyImage = (drawn: readonly number[]) => images.some(image => drawn.includes(image));

/** The digits that are drawn in some cells; null when one of them is unknown. */
function known(digits: Digits, cells: readonly number[]): number[] | null {
    const values = cells.filter(cell => digits.has(cell)).map(cell => digits.get(cell) ?? null);
    return values.every(value => value !== null) ? values : null;
}

const sum: Task = {
    cells: images,
    missing: drawn => (anyImage(drawn) ? '' : 'Draw a digit of the sequence'),
    openLooks: root => new ImagesLook(root),
    truth: digits => {
        const values = known(digits, images);
        if (!values) return null;
        const label = values.reduce((total, value) => total + value, 0);
        return { label, words: values.length > 1 ? `${values.join(' + ')} = ${label}` : `It is ${label}` };
    },
};

const search: Task = {
    cells: everyCell,
    missing: drawn => {
        const missing = [...(drawn.includes(anchor) ? [] : ['an anchor']), ...(anyImage(drawn) ? [] : ['a digit of the sequence'])];
        return missing.length > 0 ? `Draw ${missing.join(' and ')}` : '';
    },
    openLooks: root => new AnchorLook(root),
    truth: digits => {
        if (!known(digits, everyCell)) return null;
        const wanted = digits.get(anchor)!;
        const found = images.filter(image => digits.get(image) === wanted);
        return found.length > 0 ? { label: 1, words: `There is a ${wanted} at ${enumerated(found)}` } : { label: 0, words: `There is no ${wanted}` };
    },
};

/** By experiment. */
export const tasks: Readonly<Record<string, Task>> = { 'sequence-sum': sum, 'anchor-in-sequence': search };

const enumerated = (values: readonly number[]): string => (values.length < 2 ? values.join() : `${values.slice(0, -1).join(', ')} and ${values.at(-1)}`);
