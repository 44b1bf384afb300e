import { describe, expect, it } from 'vitest';
import { isRight, partsInWords, readParts, type ReadingPayload } from './reading';

const classes = ['0', '1', '2', '3', '4', '5', '6', '7', '8', '9', 'empty'];
const empty = 10;

function reading(...predicted: number[]): ReadingPayload {
    const regions = predicted.map(predicted => ({ predicted, probabilities: classes.map((_, index) => (index === predicted ? 0.9 : 0.01)), box: null }));
    return { text: '', labels: predicted.filter(label => label !== empty), regions, tokens: null };
}

const marks = (...args: Parameters<typeof readParts>) => readParts(...args).map(({ text, right }) => `${text}${right === null ? '' : right ? '✓' : '✗'}`).join(' ');

describe('readParts', () => {
    it('compares digit by digit with what is there', () => {
        expect(marks(reading(3, 1, 4, 9), classes, [3, 1, 4, 1])).toBe('3✓ 1✓ 4✓ 9✗');
        expect(readParts(reading(9), classes, [4])).toEqual([{ text: '9', probability: 0.9, right: false, truth: '4' }]);
    });

    it('marks nothing when nobody said what it is', () => {
        expect(marks(reading(3, empty), classes, null)).toBe('3 ·');
    });

    it('counts a cell read as empty as wrong where every cell has a digit', () => {
        expect(marks(reading(3, empty, 4, 1), classes, [3, 1, 4, 1])).toBe('3✓ ·✗ 4✓ 1✓');
    });

    it('compares in reading order where cells may be empty', () => {
        expect(marks(reading(empty, 7, empty, 1), classes, [7, 1])).toBe('· 7✓ · 1✓');
    });

    it('calls classes of pictures by their names', () => {
        const kinds = ['airplane', 'automobile', 'bird'];
        const read = (predicted: number): ReadingPayload => ({ text: kinds[predicted]!, labels: [predicted], regions: [{ predicted, probabilities: [0.1, 0.2, 0.7], box: null }], tokens: null });

        expect(readParts(read(2), kinds, [2])).toEqual([{ text: 'bird', probability: 0.7, right: true, truth: null }]);
        expect(readParts(read(1), kinds, [2])).toEqual([{ text: 'automobile', probability: 0.2, right: false, truth: 'bird' }]);
    });

    it('shows what a writer left out and what it wrote too many', () => {
        expect(marks(reading(3, 1), classes, [3, 1, 4])).toBe('3✓ 1✓ –✗');
        expect(marks(reading(3, 1, 4), classes, [3, 1])).toBe('3✓ 1✓ 4✗');
    });
});

describe('isRight', () => {
    it('wants every digit in its place and none too many', () => {
        expect([isRight(reading(3, 1), [3, 1]), isRight(reading(3, 1), [3]), isRight(reading(3), [3, 1]), isRight(reading(empty, 3), [3]), isRight(reading(3), null)]).toEqual([true, false, false, true, null]);
    });
});

describe('partsInWords', () => {
    it('says what was read and what is wrong about it', () => {
        const words = (...args: Parameters<typeof readParts>) => partsInWords(readParts(...args));
        expect(words(reading(3, 1), classes, [3, 1])).toBe('3 1');
        expect(words(reading(3, 9, empty), classes, [3, 4, 1])).toBe('3 9 empty, wrong: 9 is a 4, empty is a 1');
        expect(words(reading(3), classes, [3, 1])).toBe('3, wrong: 1 is missing');
        expect(words(reading(3, 8), classes, [3])).toBe('3 8, wrong: 8 is one too many');
        expect(words(reading(), classes, null)).toBe('nothing');
    });
});
