import { describe, expect, it } from 'vitest';
import { broughtIn, overhangs, strokesOutside } from './canvas-size';
import { boundsOf } from './stroke-geometry';

const extent = { width: 560, height: 840 };

describe('strokesOutside', () => {
    it('names strokes of which nothing lies on the canvas', () => {
        const [inside, across, right, below] = [[10, 10, 50, 50], [500, 10, 700, 10], [600, 10, 700, 10], [10, 900, 20, 950]];
        expect(strokesOutside([inside!, across!, right!, below!], extent)).toEqual([right, below]);
    });
});

describe('overhangs', () => {
    it('is said of what crosses the rim', () => {
        expect(overhangs({ x: 0, y: 0, width: 560, height: 840 }, extent)).toBe(false);
        expect(overhangs({ x: 1, y: 0, width: 560, height: 840 }, extent)).toBe(true);
        expect(overhangs({ x: -1, y: 0, width: 60, height: 40 }, extent)).toBe(true);
    });
});

describe('broughtIn', () => {
    it('moves what lies outside onto the canvas, no further than it must', () => {
        expect(broughtIn([[600, 100, 700, 300]], extent)).toEqual([[440, 100, 540, 300]]);
        expect(broughtIn([[-50, -20, 0, 40]], extent)).toEqual([[20, 20, 70, 80]]);
    });

    it('leaves what lies on it where it is', () => {
        expect(broughtIn([[100, 100, 200, 300]], extent)).toEqual([[100, 100, 200, 300]]);
    });

    it('makes smaller what is larger than the canvas, all of it together', () => {
        const moved = broughtIn([[0, 0, 1040, 100], [1000, 0, 1040, 400]], extent);
        expect(boundsOf(moved)).toEqual({ x: 20, y: 20, width: 520, height: 200 });
    });
});
