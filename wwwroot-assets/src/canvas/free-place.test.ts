import { describe, expect, it } from 'vitest';
import { freePlace, isOutside, placedAt, placedFreely } from './free-place';
import { boundsOf } from './stroke-geometry';

const extent = { width: 1120, height: 840 };
const size = { width: 100, height: 200 };

describe('freePlace', () => {
    it('begins at the left of the middle row', () => {
        expect(freePlace(size, extent, [])).toEqual([20, 320]);
    });

    it('goes on beside what is there, then in another row', () => {
        const [x, y] = freePlace(size, extent, [{ x: 20, y: 320, width: 100, height: 200 }]);
        expect([x, y]).toEqual([140, 320]);
        const [, other] = freePlace(size, extent, [{ x: 0, y: 320, width: 1120, height: 200 }]);
        expect(Math.abs(other - 320)).toBeGreaterThanOrEqual(220);
    });

    it('takes the emptiest place when all are taken', () => {
        const all = { x: 0, y: 0, width: 1120, height: 840 };
        expect(freePlace(size, extent, [all, { ...all, width: 900 }])[0]).toBeGreaterThan(880);
    });
});

describe('placedFreely', () => {
    it('makes smaller what is larger than the canvas', () => {
        expect(boundsOf(placedFreely([[0, 0, 2160, 400]], extent, []))).toEqual({ x: 20, y: 320, width: 1080, height: 200 });
    });

    it('brings in what lies outside', () => {
        const [stroke] = placedFreely([[2000, 100, 2000, 300]], extent, []);
        expect(isOutside(boundsOf([stroke!]), extent)).toBe(false);
    });
});

it('puts the middle of strokes at a place', () => {
    expect(placedAt([[0, 0, 100, 200]], 500, 500)).toEqual([[450, 400, 550, 600]]);
});

it('tells what lies outside from what hangs over the rim', () => {
    expect(isOutside({ x: 1120, y: 0, width: 10, height: 10 }, extent)).toBe(true);
    expect(isOutside({ x: 1119, y: -5, width: 10, height: 10 }, extent)).toBe(false);
    expect(isOutside({ x: -10, y: 0, width: 10, height: 10 }, extent)).toBe(true);
});
