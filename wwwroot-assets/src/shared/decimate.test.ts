import { describe, expect, it } from 'vitest';
import { binSize, decimate } from './decimate';

const range = (length: number) => Array.from({ length }, (_, index) => index);

describe('decimate', () => {
    it('leaves a short curve alone', () => {
        expect(decimate([0, 1, 2], [5, 6, 7], 10)).toEqual({ x: [0, 1, 2], y: [5, 6, 7] });
    });

    it('keeps every spike of a long one', () => {
        const y = range(10_000).map(() => 1);
        y[1234] = 99;
        y[8765] = -99;
        const thin = decimate(range(10_000), y, 500);
        expect(thin.x.length).toBeLessThanOrEqual(501);
        expect(thin.y).toContain(99);
        expect(thin.y).toContain(-99);
        expect(thin.x).toEqual([...thin.x].sort((a, b) => a - b));
    });

    it('ends on the newest point', () => {
        expect(decimate(range(5_001), range(5_001).map(Math.sin), 300).x.at(-1)).toBe(5_000);
    });

    it('does not shimmer: more data leave the finished bins as they were', () => {
        const y = range(4_000).map(index => Math.sin(index * 12.9898) * 43758.5453 % 1);
        const before = decimate(range(3_000), y.slice(0, 3_000), 400);
        const after = decimate(range(3_100), y.slice(0, 3_100), 400);
        expect(after.x.slice(0, before.x.length - 4)).toEqual(before.x.slice(0, -4));
    });

    it('uses bins of powers of two', () => {
        expect([100, 101, 150, 1000].map(points => binSize(points, 100))).toEqual([1, 4, 4, 32]);
    });
});
