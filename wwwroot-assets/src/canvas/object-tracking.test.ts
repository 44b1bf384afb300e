import { describe, expect, it } from 'vitest';
import type { Stroke } from '../shared/stroke-model';
import { follow } from './object-tracking';

const at = (x: number, y: number, side = 100, ...strokes: Stroke[]) => ({ box: { x, y, width: side, height: side }, strokes });
const before = [{ id: 1, ...at(0, 0) }, { id: 2, ...at(300, 0) }];
const naming = () => {
    let next = 10;
    return () => next++;
};

describe('follow', () => {
    it('keeps the name of what has moved a little, in any order', () => {
        expect(follow(before, [at(310, 5), at(4, 3)], naming()).map(({ id }) => id)).toEqual([2, 1]);
    });

    it('gives new things new names and forgets what has gone', () => {
        expect(follow(before, [at(0, 0), at(600, 600)], naming()).map(({ id }) => id)).toEqual([1, 10]);
    });

    it('gives a name once, to the nearest', () => {
        expect(follow(before, [at(30, 0), at(2, 0)], naming()).map(({ id }) => id)).toEqual([10, 1]);
    });

    it('takes what is elsewhere for something else', () => {
        expect(follow(before, [at(80, 80)], naming()).map(({ id }) => id)).toEqual([10]);
    });

    it('takes what has most of its strokes for the same, however its box has changed', () => {
        const [left, right, more]: Stroke[] = [[0, 0], [9, 9], [5, 5]];
        const drawn = [{ id: 1, ...at(0, 0, 100, left!) }, { id: 2, ...at(300, 0, 100, right!) }];
        expect(follow(drawn, [at(700, 0, 20, right!, more!), at(0, 300, 400, left!)], naming()).map(({ id }) => id)).toEqual([2, 1]);
    });

    it('keeps what else is known of a thing', () => {
        expect(follow(before, [{ ...at(0, 0), label: 7 }], naming())).toEqual([{ id: 1, ...at(0, 0), label: 7 }]);
    });
});
