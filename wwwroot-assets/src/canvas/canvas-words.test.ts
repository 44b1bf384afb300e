import { expect, it } from 'vitest';
import { readingWords } from './canvas-words';

it('says how many digits there are, and which', () => {
    expect(readingWords([4, 7, 1], true)).toBe('3 digits: 4 7 1');
    expect(readingWords([4], true)).toBe('1 digit: 4');
});

it('tells an empty canvas from marks that are no digits', () => {
    expect(readingWords([], false)).toBe('Nothing here');
    expect(readingWords([], true)).toBe('Marks, but no digit found');
});
