import { describe, expect, it } from 'vitest';
import type { Stroke } from '../shared/stroke-model';
import { everyCell, images, inOneRow, inRowsOfFive, pictureStripOf, stripOf } from './sequence-grid';

const digit: Stroke[] = [[100, 60, 180, 200]];
const drawing = (grid: typeof inOneRow, ...cells: number[]) => ({ ...grid.extent, strokes: cells.flatMap(cell => grid.placed(digit, cell)), brush: 30 });

describe('layouts', () => {
    it('have the anchor and ten images, in one row or above two of five', () => {
        expect([inOneRow.count, inOneRow.extent]).toEqual([11, { width: 3080, height: 280 }]);
        expect([inRowsOfFive.count, inRowsOfFive.extent]).toEqual([11, { width: 1400, height: 840 }]);
        expect([0, 1, 5, 6, 10].map(cell => inRowsOfFive.corner(cell))).toEqual([[0, 0], [0, 280], [1120, 280], [0, 560], [1120, 560]]);
        expect([inRowsOfFive.at(100, 100), inRowsOfFive.at(100, 300), inRowsOfFive.at(1399, 839)]).toEqual([0, 1, 10]);
    });

    it('give what is drawn beside the anchor, where there is no image, to the nearest one', () => {
        expect(inRowsOfFive.at(900, 100)).toBe(4);
    });

    it('carry strokes to each other and back', () => {
        const { strokes } = drawing(inOneRow, 0, 4, 5, 6, 10);
        const folded = inOneRow.laidOn(inRowsOfFive, strokes);
        expect(folded).toEqual(drawing(inRowsOfFive, 0, 4, 5, 6, 10).strokes);
        expect(inRowsOfFive.laidOn(inOneRow, folded)).toEqual(strokes);
    });

    it('are walked and called by their names', () => {
        expect(['ArrowLeft', 'ArrowRight', 'ArrowUp', 'ArrowDown'].map(key => inOneRow.beside(0, key))).toEqual([0, 1, 0, 0]);
        expect(['ArrowLeft', 'ArrowRight', 'ArrowUp', 'ArrowDown'].map(key => inRowsOfFive.beside(6, key))).toEqual([5, 7, 1, 6]);
        expect(['a', 'A', '1', '9', '0', 'x'].map(key => inOneRow.keyed(key))).toEqual([0, 0, 1, 9, 10, undefined]);
        expect([inOneRow.title(0), inOneRow.title(10), inOneRow.name(3)]).toEqual(['Anchor', 'Image 10', 'image 3']);
    });
});

describe('strips', () => {
    it.each([['one row', inOneRow], ['rows of five', inRowsOfFive]])('are the same for readers, drawn in %s', (_, grid) => {
        const strip = stripOf(grid, drawing(grid, 0, 2, 7), images);
        expect(strip).toEqual({ width: 2800, height: 280, strokes: [[380, 60, 460, 200], [1780, 60, 1860, 200]], brush: 30 });
        expect(stripOf(grid, drawing(grid, 0, 2), everyCell).strokes).toEqual([[100, 60, 180, 200], [660, 60, 740, 200]]);
    });

    it('are cut from a picture cell by cell', () => {
        const side = 2;
        const pixels = Uint8Array.from({ length: 11 * side * side }, (_, index) => index);
        const strip = pictureStripOf(inOneRow, { width: 11 * side, height: side, pixels }, [1, 10]);
        expect(strip).toEqual({ width: 4, height: 2, pixels: Uint8Array.of(2, 3, 20, 21, 24, 25, 42, 43) });
    });
});
