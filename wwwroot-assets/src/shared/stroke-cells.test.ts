import { describe, expect, it } from 'vitest';
import { CellGrid } from './stroke-cells';
import type { Stroke } from './stroke-model';

const grid = new CellGrid(2, 2);
const wide = new CellGrid(2, 3);
const line = (cell: number): Stroke => grid.placed([[100, 100, 180, 180]], cell)[0]!;

describe('owner', () => {
    // The table of GridDrawingTests: the server cuts by the same rule.
    it.each<[Stroke, number]>([
        [[100, 100, 270, 100, 300, 100], 0],
        [[250, 100, 400, 100], 1],
        [[100, 270, 100, 500], 2],
        [[200, 200, 400, 400], 3],
        [[230, 100, 330, 100], 0],
        [[300, 20], 1],
        [[300, 300, 300, 300], 3],
        [[-900, 500, -50, 500], 2],
    ])('of %o is cell %d', (stroke, cell) => {
        expect(grid.owner(stroke)).toBe(cell);
    });

    it('measures a stroke that crosses several cells', () => {
        expect(wide.owner([10, 10, 800, 10])).toBe(1); // 270, 280 and 240 units
        expect(wide.owner([10, 10, 600, 500])).toBe(0);
    });
});

describe('cells', () => {
    it('are found by place, outside by the nearest', () => {
        expect([grid.at(10, 10), grid.at(300, 10), grid.at(10, 300), grid.at(559, 559), grid.at(-5, 900)]).toEqual([0, 1, 2, 3, 2]);
        expect(wide.extent).toEqual({ width: 840, height: 560 });
    });

    it('need not be everywhere', () => {
        const some = new CellGrid(2, 2, [0, 2, 3]);
        expect([some.count, some.at(300, 10), some.at(300, 300)]).toEqual([3, 0, 2]);
        expect(some.corner(2)).toEqual([280, 280]);
    });

    it('are walked by arrow keys up to the rim', () => {
        expect(['ArrowRight', 'ArrowDown', 'ArrowLeft', 'ArrowUp'].map(key => wide.beside(0, key))).toEqual([1, 3, 0, 0]);
        expect(wide.beside(5, 'ArrowRight')).toBe(5);
        expect(wide.beside(0, 'Enter')).toBeUndefined();
    });
});

describe('drawings', () => {
    const strokes = [line(3), line(0), line(3)];

    it('know which cells are drawn in', () => {
        expect(grid.drawn(strokes)).toEqual([0, 3]);
        expect(grid.of(strokes, 3)).toHaveLength(2);
        expect(grid.without(strokes, 3)).toEqual([line(0)]);
    });

    it('swap two cells, also with an empty one, and twice is as before', () => {
        expect(grid.drawn(grid.swapped(strokes, 0, 1))).toEqual([1, 3]);
        expect(grid.swapped(strokes, 0, 3)).toEqual([line(0), line(3), line(0)]);
        expect(grid.swapped(grid.swapped(strokes, 0, 3), 3, 0)).toEqual(strokes);
    });

    it('copy a cell over another, and leave it alone over itself', () => {
        expect(grid.copied(strokes, 0, 3)).toEqual([line(0), line(3)]);
        expect(grid.copied(strokes, 1, 3)).toEqual([line(0)]);
        expect(grid.copied(strokes, 3, 3)).toEqual(strokes);
    });

    it('are split into digits on canvases of their own', () => {
        expect(grid.split(strokes)).toEqual(new Map([[0, [[100, 100, 180, 180]]], [3, [[100, 100, 180, 180], [100, 100, 180, 180]]]]));
    });

    it('are laid out on another grid', () => {
        const column = new CellGrid(4, 1);
        expect(grid.laidOn(column, strokes)).toEqual([3, 0, 3].map(cell => column.placed([[100, 100, 180, 180]], cell)[0]));
    });

    it('hand out a digit on a canvas of its own', () => {
        expect(grid.digit({ width: 560, height: 560, strokes, brush: 30 }, 3)).toEqual({ width: 280, height: 280, strokes: [[100, 100, 180, 180], [100, 100, 180, 180]], brush: 30 });
    });
});
