import { expect, it } from 'vitest';
import { inCells, randomAnchor, randomSequence } from './sampling';

const times = <T>(count: number, make: () => T) => Array.from({ length: count }, make);

it('samples one to ten digits', () => {
    const sequences = times(2000, randomSequence);
    expect(new Set(sequences.map(({ length }) => length))).toEqual(new Set([1, 2, 3, 4, 5, 6, 7, 8, 9, 10]));
    expect(new Set(sequences.flat())).toEqual(new Set([0, 1, 2, 3, 4, 5, 6, 7, 8, 9]));
});

it('looks for a digit that is there as often as not', () => {
    const there = times(2000, () => randomAnchor([3, 3, 8])).filter(digit => digit === 3 || digit === 8).length;
    expect(there).toBeGreaterThan(850);
    expect(there).toBeLessThan(1150);
});

it('can only look for what is there when everything is', () => {
    const every = [0, 1, 2, 3, 4, 5, 6, 7, 8, 9];
    expect(times(50, () => randomAnchor(every)).every(digit => every.includes(digit))).toBe(true);
    expect(every).toContain(randomAnchor([]));
});

it('lays a sequence from the first image on', () => {
    expect([...inCells([4, 0])]).toEqual([[1, 4], [2, 0]]);
});
