import { describe, expect, it } from 'vitest';
import { tasks } from './tasks';

const sum = tasks['sequence-sum']!;
const search = tasks['anchor-in-sequence']!;
const digits = (...cells: [number, number | null][]) => new Map(cells);

describe('sum', () => {
    it('sees the ten images and not the anchor', () => {
        expect(sum.cells).toEqual([1, 2, 3, 4, 5, 6, 7, 8, 9, 10]);
        expect(sum.missing([0])).toBe('Draw a digit of the sequence');
        expect(sum.missing([4])).toBe('');
    });

    it('is known when every image is a sample, whatever the anchor is', () => {
        expect(sum.truth(digits([1, 3], [2, 0], [7, 9]))).toEqual({ label: 12, words: '3 + 0 + 9 = 12' });
        expect(sum.truth(digits([0, null], [1, 5]))).toEqual({ label: 5, words: 'It is 5' });
        expect(sum.truth(digits([1, 3], [2, null]))).toBeNull();
    });
});

describe('search', () => {
    it('sees the anchor first and needs both', () => {
        expect(search.cells).toEqual([0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10]);
        expect(search.missing([])).toBe('Draw an anchor and a digit of the sequence');
        expect(search.missing([0])).toBe('Draw a digit of the sequence');
        expect(search.missing([3])).toBe('Draw an anchor');
        expect(search.missing([0, 3])).toBe('');
    });

    it('says where the digit is, or that it is not there', () => {
        expect(search.truth(digits([0, 7], [1, 7], [2, 1], [3, 7], [10, 7]))).toEqual({ label: 1, words: 'There is a 7 at 1, 3 and 10' });
        expect(search.truth(digits([0, 7], [1, 1], [2, 7]))).toEqual({ label: 1, words: 'There is a 7 at 2' });
        expect(search.truth(digits([0, 0], [1, 8]))).toEqual({ label: 0, words: 'There is no 0' });
        expect(search.truth(digits([0, null], [1, 8]))).toBeNull();
        expect(search.truth(digits([0, 8], [1, null]))).toBeNull();
    });
});
