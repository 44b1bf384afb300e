import { expect, it } from 'vitest';
import { exampleDigit, firstPoints } from './example-digits';

it.each([...Array(10).keys()])('digit %d stays on the canvas', digit => {
    const coordinates = exampleDigit(digit).flat();
    expect(coordinates.length).toBeGreaterThan(20);
    expect(Math.min(...coordinates)).toBeGreaterThan(20);
    expect(Math.max(...coordinates)).toBeLessThan(260);
});

it('gives the first points across strokes', () => {
    const strokes = [[0, 0, 1, 1], [2, 2, 3, 3]];
    expect(firstPoints(strokes, 0)).toEqual([]);
    expect(firstPoints(strokes, 3)).toEqual([[0, 0, 1, 1], [2, 2]]);
    expect(firstPoints(strokes, 9)).toEqual(strokes);
});
