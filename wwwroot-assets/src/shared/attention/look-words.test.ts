import { expect, it } from 'vitest';
import { lookWords, mostWords, regionName, stepWords } from './look-words';

const tokens = [{ text: '3', probability: 0.9 }, { text: '7', probability: 0.8 }, { text: 'finish', probability: 1 }];
const upperRight = { values: [0.1, 0.7, 0.1, 0.1], width: 2, height: 2 };

it('names a place in the picture', () => {
    expect(regionName({ x: 0.25, y: 0.25 })).toBe('upper left');
    expect(regionName({ x: 0.5, y: 0.9 })).toBe('bottom');
    expect(regionName({ x: 0.55, y: 0.45 })).toBe('middle');
    expect(regionName({ x: 0.7, y: 0.5 })).toBe('right');
});

it('says where a map looks, and when no place stands out', () => {
    expect(lookWords(upperRight)).toBe('mostly at the upper right');
    expect(lookWords({ values: [0.26, 0.24, 0.25, 0.25], width: 2, height: 2 })).toBe('evenly over the whole picture');
});

it('says which patch a look goes to most, in a strip which image', () => {
    expect(mostWords(upperRight)).toBe('Looks most at row 1, column 2, 70.0\u202f%');
    expect(mostWords({ values: [0, 0.2, 0.8], width: 3, height: 1 })).toBe('Looks most at image 3, 80.0\u202f%');
    expect(mostWords({ values: [0, 0.2, 0.8], width: 3, height: 1 }, 'The anchor looks', patch => `image ${patch}`)).toBe('The anchor looks most at image 2, 80.0\u202f%');
});

it('says a step in one sentence', () => {
    expect(stepWords(1, tokens, upperRight)).toBe('Step 2 of 3, emits 7, looks mostly at the upper right');
    expect(stepWords(2, tokens, upperRight)).toBe('Step 3 of 3, finishes, looks mostly at the upper right');
});
