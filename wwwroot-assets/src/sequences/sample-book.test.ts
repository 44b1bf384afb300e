import { beforeEach, expect, it, vi } from 'vitest';
import type { Stroke } from '../shared/stroke-model';
import { SampleBook } from './sample-book';
import { inOneRow, inRowsOfFive } from './sequence-grid';

const seven: Stroke[] = [[60.3, 40, 200.7, 40.1], [120, 44.4]];

beforeEach(() => {
    const stored = new Map<string, string>();
    vi.stubGlobal('sessionStorage', { getItem: (key: string) => stored.get(key) ?? null, setItem: (key: string, value: string) => void stored.set(key, value) });
});

it('knows a sample wherever it lies', () => {
    const book = new SampleBook();
    book.note(7, seven);
    for (const grid of [inOneRow, inRowsOfFive]) {
        for (let cell = 0; cell < grid.count; cell++) {
            expect(book.digitOf(grid.digit({ ...grid.extent, strokes: grid.placed(seven, cell) }, cell).strokes)).toBe(7);
        }
    }
});

it('knows neither drawings nor samples that somebody drew into or erased from', () => {
    const book = new SampleBook();
    book.note(7, seven);
    expect(book.digitOf([...seven, [100, 100, 110, 100]])).toBeNull();
    expect(book.digitOf(seven.slice(1))).toBeNull();
    expect(book.digitOf([])).toBeNull();
});

it('remembers after a reload, the newest ones at least', () => {
    const book = new SampleBook();
    book.note(7, seven);
    expect(new SampleBook().digitOf(seven)).toBe(7);
    for (let other = 0; other < 200; other++) book.note(1, [[other, 0]]);
    expect([new SampleBook().digitOf(seven), new SampleBook().digitOf([[199, 0]])]).toEqual([null, 1]);
});
