import type { Stroke } from '../shared/stroke-model';

const memory = 'vitlab.sequences.samples';
const mostSamples = 200;

/**
 * Which digits generated strokes show. A cell that holds the strokes of a sample, all of them and no others, holds its digit: wherever they
 * were moved or copied to, and after undo, redo and a reload too.
 */
export class SampleBook {
    readonly #digits: Map<string, number>;

    constructor() {
        this.#digits = recalled();
    }

    note(digit: number, strokes: readonly Stroke[]): void {
        this.#digits.set(keyOf(strokes), digit);
        for (const oldest of [...this.#digits.keys()].slice(0, -mostSamples)) this.#digits.delete(oldest);
        sessionStorage.setItem(memory, JSON.stringify([...this.#digits]));
    }

    /** @param strokes Of a cell, on a canvas of their own; null when they are no sample. */
    digitOf(strokes: readonly Stroke[]): number | null {
        return this.#digits.get(keyOf(strokes)) ?? null;
    }
}

/** Strokes lie on tenths of a unit once they are on a canvas. */
const keyOf = (strokes: readonly Stroke[]) => strokes.map(stroke => stroke.map(value => Math.round(value * 10)).join()).join(';');

function recalled(): Map<string, number> {
    try {
        return new Map(JSON.parse(sessionStorage.getItem(memory) ?? '[]') as [string, number][]);
    } catch {
        return new Map();
    }
}
