import type { ReadingPayload } from '../shared/reading';

/** What a hand does with an answer. */
export interface ReadingEvents {
    choose(cell: number): void;
    /** The cell that a hand rests on; −1 for none. */
    point(cell: number): void;
}

/** Where on the canvas an answer belongs. */
export interface Places {
    /** The cells that are drawn in, in reading order. */
    drawn: readonly number[];
    /** The cell of each step of a writing; −1 for the finishing one. */
    steps: readonly number[];
}

/** One way to show an answer. */
export interface ReadingView {
    show(reading: ReadingPayload, places: Places): void;
    /** Nothing drawn. */
    clear(): void;
    /** A cell was chosen on the canvas or by another view. */
    select(cell: number): void;
}
