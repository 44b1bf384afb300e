import { describe, expect, it } from 'vitest';
import { apart, between, centreOfAttention, concentration } from './reading-path';

const grid = (values: number[], width: number) => ({ values, width, height: values.length / width });

describe('centreOfAttention', () => {
    it('is the middle of the one patch looked at', () => {
        expect(centreOfAttention(grid([0, 1, 0, 0], 2))).toEqual({ x: 0.75, y: 0.25 });
    });

    it('lies between two patches looked at alike', () => {
        expect(centreOfAttention(grid([0.5, 0, 0.5, 0], 2))).toEqual({ x: 0.25, y: 0.5 });
    });

    it('does not let an even haze pull it to the middle', () => {
        const { x, y } = centreOfAttention(grid([0.2, 0.4, 0.2, 0.2], 2));
        expect([x, y]).toEqual([expect.closeTo(0.75), expect.closeTo(0.25)]);
    });

    it('is the middle of the picture when all is even, or nothing is there', () => {
        expect(centreOfAttention(grid([0.25, 0.25, 0.25, 0.25], 2))).toEqual({ x: 0.5, y: 0.5 });
        expect(centreOfAttention(grid([0, 0, 0, 0], 2))).toEqual({ x: 0.5, y: 0.5 });
    });

    it('knows grids that are not square', () => {
        expect(centreOfAttention(grid([0, 0, 0, 1], 4))).toEqual({ x: 0.875, y: 0.5 });
    });
});

describe('concentration', () => {
    it('is 0 for an even look and all but the even share for one patch', () => {
        expect(concentration(grid([0.25, 0.25, 0.25, 0.25], 2))).toBe(0);
        expect(concentration(grid([1, 0, 0, 0], 2))).toBe(0.75);
        expect(concentration(grid([0, 0, 0, 0], 2))).toBe(0);
    });
});

describe('apart', () => {
    it('leaves places alone that have room', () => {
        const places = [{ x: 0.25, y: 0.25 }, { x: 0.75, y: 0.25 }];
        expect(apart(places, 0.1)).toEqual(places);
    });

    it('parts places on top of each other around where they were', () => {
        const [a, b] = apart([{ x: 0.5, y: 0.5 }, { x: 0.5, y: 0.5 }], 0.2) as [{ x: number; y: number }, { x: number; y: number }];
        expect([a.x, b.x, a.y, b.y]).toEqual([expect.closeTo(0.4), expect.closeTo(0.6), 0.5, 0.5]);
    });

    it('parts a whole heap, inside the picture', () => {
        const places = apart(Array.from({ length: 5 }, () => ({ x: 0, y: 0 })), 0.1);
        for (const [index, place] of places.entries()) {
            expect(Math.min(place.x, place.y)).toBeGreaterThanOrEqual(0.05 - 1e-9);
            for (const other of places.slice(index + 1)) expect(Math.hypot(place.x - other.x, place.y - other.y)).toBeGreaterThan(0.08);
        }
    });
});

describe('between', () => {
    it('ends where the marks begin', () => {
        expect(between({ x: 0, y: 0 }, { x: 1, y: 0 }, 0.25)).toEqual({ from: { x: 0.25, y: 0 }, to: { x: 0.75, y: 0 } });
    });

    it('is nothing between marks that touch', () => {
        expect(between({ x: 0, y: 0 }, { x: 0.3, y: 0.4 }, 0.25)).toBeNull();
    });
});
