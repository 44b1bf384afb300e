import { describe, expect, it } from 'vitest';
import type { Stroke } from '../shared/stroke-model';
import { groupStrokes } from './digit-objects';

const box = (x: number, y: number, width: number, height: number) => ({ x, y, width, height });
const one: Stroke = [140, 100, 140, 300];
const bar: Stroke = [100, 200, 180, 200];
const far: Stroke = [700, 100, 700, 300];

describe('groupStrokes', () => {
    it('gives each box the strokes that lie in it', () => {
        expect(groupStrokes([one, far, bar], [box(90, 90, 100, 220), box(650, 90, 100, 220)])).toEqual([
            { box: box(90, 90, 100, 220), strokes: [one, bar], read: 0 },
            { box: box(650, 90, 100, 220), strokes: [far], read: 1 },
        ]);
    });

    it('makes an object of what nothing was read in', () => {
        expect(groupStrokes([one, bar, far], [])).toEqual([
            { box: box(88.8, 88.8, 102.4, 222.4), strokes: [one, bar], read: -1 },
            { box: box(688.8, 88.8, 22.4, 222.4), strokes: [far], read: -1 },
        ]);
    });

    it('joins strokes that touch only through a third one, whatever their order', () => {
        const [left, right, bridge]: Stroke[] = [[100, 100, 100, 300], [300, 100, 300, 300], [100, 200, 300, 200]];
        expect(groupStrokes([left!, right!, bridge!], []).map(({ strokes }) => strokes)).toEqual([[left, right, bridge]]);
    });

    it('adds a stroke that leaves its box to the digit it touches', () => {
        const tail: Stroke = [140, 290, 400, 420];
        expect(groupStrokes([one, tail], [box(120, 90, 60, 220)])).toEqual([{ box: box(120, 90, 60, 220), strokes: [one, tail], read: 0 }]);
    });

    it('gives a box that holds half of no stroke the one it holds most of', () => {
        const longer: Stroke = [140, 100, 140, 700];
        expect(groupStrokes([far, longer], [box(120, 90, 60, 150)])[0]).toEqual({ box: box(120, 90, 60, 150), strokes: [longer], read: 0 });
    });

    it('gives a stroke in two boxes to the one that holds more of it, the smaller one of equals', () => {
        const boxes = [box(0, 0, 800, 400), box(120, 90, 60, 220)];
        expect(groupStrokes([one], boxes).map(({ strokes }) => strokes.length)).toEqual([0, 1]);
        const across: Stroke = [140, 100, 140, 300, 140, 700];
        expect(groupStrokes([across], [box(100, 60, 80, 250), box(100, 310, 80, 420)]).map(({ strokes }) => strokes.length)).toEqual([0, 1]);
    });

    it('keeps a box without strokes: it was read off a picture', () => {
        expect(groupStrokes([], [box(0, 0, 100, 100)])).toEqual([{ box: box(0, 0, 100, 100), strokes: [], read: 0 }]);
    });

    it('keeps together what a person bound, and calls it by the box that was read there', () => {
        const boxes = [box(90, 90, 100, 220)];
        expect(groupStrokes([one, bar, far], boxes, [[one, far]])).toEqual([
            { box: boxes[0], strokes: [bar], read: 0 },
            { box: box(128.8, 88.8, 582.4, 222.4), strokes: [one, far], read: -1 },
        ]);
        expect(groupStrokes([one, bar], boxes, [[one, bar]])).toEqual([{ box: boxes[0], strokes: [one, bar], read: 0 }]);
    });

    it('forgets a bound stroke that is gone', () => {
        expect(groupStrokes([one], [], [[far], [one, far]]).map(({ strokes }) => strokes)).toEqual([[one]]);
    });
});
