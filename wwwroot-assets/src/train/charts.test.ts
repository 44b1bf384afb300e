import { describe, expect, it } from 'vitest';
import { horizon, innerExtent, niceRange, steadyRange } from './axis';
import { ChartView, scrub } from './chart-view';
import { GrowingColumn, lowerBound, nearestIndex } from './growing';
import { Smoothed } from './smoothing';

function column(...values: number[]): GrowingColumn {
    const result = new GrowingColumn();
    values.forEach((value) => result.push(value));
    return result;
}

describe('GrowingColumn', () => {
    it('grows past its first storage and is cut back', () => {
        const long = column(...Array.from({ length: 3000 }, (_, i) => i));
        expect(long.at(2999)).toBe(2999);
        long.truncate(10);
        expect([long.length, long.last]).toEqual([10, 9]);
    });

    it('finds bounds and the nearest value', () => {
        expect(lowerBound([1, 3, 5], 3)).toBe(1);
        expect(nearestIndex([1, 3, 5], 4.2)).toBe(2);
        expect(nearestIndex([1, 3, 5], -9)).toBe(0);
        expect(nearestIndex([], 1)).toBe(-1);
    });
});

describe('Smoothed', () => {
    it('starts at the first value instead of at 0', () => {
        const smoothed = new Smoothed(0.9);
        smoothed.follow(column(2, 2, 2));
        expect([...smoothed.column.values]).toEqual([2, 2, 2].map((v) => expect.closeTo(v, 12)));
    });

    it('gives the same line whether it follows step by step or all at once', () => {
        const [source, all, bit] = [column(), new Smoothed(0.7), new Smoothed(0.7)];
        for (const value of [3, 1, 4, 1, 5]) {
            source.push(value);
            bit.follow(source);
        }
        all.follow(source);
        expect([...bit.column.values]).toEqual([...all.column.values]);
    });

    it('passes a value that is no number through and goes on', () => {
        const smoothed = new Smoothed(0.5);
        smoothed.follow(column(1, NaN, 1));
        expect([...smoothed.column.values]).toEqual([1, NaN, 1]);
    });
});

describe('axis', () => {
    it('doubles the horizon and stops at the end of the run', () => {
        expect([horizon(10, null), horizon(65, null), horizon(65, 1000), horizon(900, 1000)]).toEqual([64, 128, 128, 1000]);
    });

    it('rounds a range outward to round numbers', () => {
        expect(niceRange(0, 2.31)).toEqual([0, 2.5]);
        expect(niceRange(0.013, 0.098)).toEqual([0, 0.1]);
    });

    it('keeps a range while data stay inside and use most of it', () => {
        expect(steadyRange(0, 2, [0, 2.5])).toEqual([0, 2.5]);
        expect(steadyRange(0, 2.7, [0, 2.5])).toEqual([0, 3]);
        expect(steadyRange(0, 0.4, [0, 2.5])[1]).toBeLessThan(1);
    });

    it('leaves outliers out of an extent', () => {
        expect(innerExtent([...Array.from({ length: 100 }, () => 1), 50], 0.01)).toEqual([1, 1]);
        expect(innerExtent([NaN], 0)).toBeNull();
    });
});

describe('ChartView', () => {
    it('tells listeners about zoom, crosshair and options, and about a crosshair only when it moved', () => {
        const view = new ChartView();
        const heard: string[] = [];
        view.subscribe((what) => heard.push(what));
        view.point(3);
        view.point(3);
        view.zoom([1, 5]);
        view.set({ smoothing: 0.5 });

        expect(heard).toEqual(['crosshair', 'range', 'options']);
        expect(view.following).toBe(false);
        view.zoom(null);
        expect(view.following).toBe(true);
    });
});

describe('scrub', () => {
    const steps = [1, 2, 3, 4, 5];

    it('starts at the newest step and moves by one visible bin inside the run', () => {
        expect(scrub(steps, null, -1, [0, 64])).toBe(5);
        expect(scrub(steps, 5, -1, [0, 64])).toBe(4);
        expect(scrub(steps, 5, 1, [0, 64])).toBe(5);
        expect(scrub([0, 5000], 5000, -1, [0, 4000])).toBe(4980);
        expect(scrub([], null, 1, [0, 64])).toBeNull();
    });
});
