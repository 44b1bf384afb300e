import { describe, expect, it } from 'vitest';
import { boundsOf, gapBetween, movedStroke, samples, scaledStroke, shareInside } from './stroke-geometry';

describe('samples', () => {
    it('spreads points evenly, however far apart a fast hand left them', () => {
        expect(samples([0, 0, 24, 0])).toEqual([0, 0, 8, 0, 16, 0, 24, 0]);
    });

    it('keeps a dot', () => {
        expect(samples([5, 6])).toEqual([5, 6]);
    });
});

describe('shareInside', () => {
    it('measures how much of a stroke lies in a box', () => {
        expect(shareInside(samples([0, 0, 100, 0]), { x: -10, y: -10, width: 60, height: 20 })).toBeCloseTo(0.5, 1);
        expect(shareInside(samples([5, 6]), { x: 0, y: 0, width: 10, height: 10 })).toBe(1);
    });
});

it('measures the gap between strokes', () => {
    expect(gapBetween(samples([0, 0, 80, 0]), samples([40, 30, 40, 90]))).toBe(30);
});

it('moves and scales strokes, to tenths of a unit', () => {
    expect(movedStroke([1, 2, 3, 4], 10, -0.04)).toEqual([11, 2, 13, 4]);
    expect(scaledStroke([10, 10, 30, 50], 1.5, [10, 10])).toEqual([10, 10, 40, 70]);
});

it('finds the bounds of strokes', () => {
    expect(boundsOf([[10, 20, 30, 5], [0, 40]])).toEqual({ x: 0, y: 5, width: 30, height: 35 });
});
