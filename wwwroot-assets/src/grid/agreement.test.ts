import { describe, expect, it } from 'vitest';
import { compare, readOf, type Read } from './agreement';

const box = { x: 0, y: 0, width: 28, height: 28 };
const classes = [...'0123456789', 'empty'];
const region = (predicted: number) => ({ predicted, probabilities: [], box });

describe('readOf', () => {
    it('takes regions with a box as the cells', () => {
        const reading = { text: '7 · 1 2', labels: [7, 1, 2], regions: [region(7), region(10), region(1), region(2)], tokens: null };
        expect(readOf(reading, classes, [0, 1, 2, 3], 4)).toEqual({ labels: [7, 1, 2], cells: ['7', null, '1', '2'] });
    });

    it('lays a text into the cells that are drawn in', () => {
        const reading = { text: '7 1', labels: [7, 1], regions: [], tokens: [] };
        expect(readOf(reading, classes, [1, 3], 4).cells).toEqual([null, '7', null, '1']);
    });

    it('does not guess when a text is longer or shorter than what is drawn', () => {
        expect(readOf({ text: '7 1', labels: [7, 1], regions: [], tokens: [] }, classes, [1, 2, 3], 4)).toEqual({ labels: [7, 1], cells: null });
    });
});

describe('compare', () => {
    const cells = (...read: (string | null)[]): Read => ({ labels: read.filter(digit => digit !== null).map(Number), cells: read });

    it('says what one reader reads', () => {
        expect(compare([cells('3', null, '4', '1')])).toEqual({ agree: true, words: 'Read as 3 4 1', cells: [] });
    });

    it('says that two agree', () => {
        expect(compare([cells('3', '1', '4', '1'), { labels: [3, 1, 4, 1], cells: null }])).toEqual({ agree: true, words: 'Both read 3 1 4 1', cells: [] });
    });

    it('names the cells about which they disagree', () => {
        expect(compare([cells('3', '7', '4', null), cells('3', '1', '4', '1')])).toEqual({ agree: false, words: 'They disagree: cell 2 is 7 or 1, cell 4 is empty or 1', cells: [1, 3] });
    });

    it('disagrees about places even when the text is the same', () => {
        expect(compare([cells('3', null), cells(null, '3')])).toMatchObject({ agree: false, cells: [0, 1] });
    });

    it('sets the texts side by side when nobody knows the places', () => {
        expect(compare([cells('3', '1', '4', '1'), { labels: [3, 1], cells: null }])).toEqual({ agree: false, words: 'They disagree: 3 1 4 1, or 3 1', cells: [] });
        expect(compare([cells(null, null), { labels: [8], cells: null }]).words).toBe('They disagree: nothing, or 8');
    });
});
