import { beforeEach, describe, expect, it } from 'vitest';
import type { Stroke } from '../shared/stroke-model';
import { CanvasObjects, type Found } from './canvas-objects';

const extent = { width: 1120, height: 1120 };
const left: Stroke = [100, 100, 100, 300];
const right: Stroke = [700, 100, 700, 300];
const found = (digit: string, x: number, y = 90): Found =>
    ({ box: { x, y, width: 60, height: 220 }, digit, sure: 0.9, presence: 0.95, probabilities: [], predicted: Number(digit) });

let objects: CanvasObjects;

beforeEach(() => {
    objects = new CanvasObjects();
    objects.read([found('1', 70), found('7', 670)], [left, right]);
});

const shown = () => objects.all.map(({ id, found: read, strokes }) => [id, read?.digit ?? null, strokes.length]);

describe('answers', () => {
    it('come with objects that hold their strokes', () => {
        expect(shown()).toEqual([[0, '1', 1], [1, '7', 1]]);
    });

    it('leave a thing its identity and its choice when it is read otherwise, or as nothing', () => {
        objects.choose(1);
        objects.read([found('1', 72), found('1', 668)], [left, right]);
        expect(shown()).toEqual([[0, '1', 1], [1, '1', 1]]);
        objects.read([found('1', 72)], [left, right, [700, 200, 740, 200]]);
        expect(shown()).toEqual([[0, '1', 1], [1, null, 2]]);
        expect([...objects.chosenIds]).toEqual([1]);
    });

    it('forget the choice of what has gone', () => {
        objects.choose(1);
        objects.read([found('1', 72)], [left]);
        expect(objects.chosenIds.size).toBe(0);
    });
});

describe('strokes changed by hand', () => {
    it('take their object with them before an answer knows', () => {
        objects.redrawn([right]);
        expect(shown()).toEqual([[1, '7', 1]]);
    });

    it('leave an object what grows out of its box, until an answer gives it another', () => {
        const growing = [100, 100, 100, 300];
        objects.read([found('1', 70)], [growing]);
        growing.push(100, 1000);
        objects.redrawn([growing]);
        expect(shown()).toEqual([[0, '1', 1]]);
        objects.read([{ ...found('1', 70), box: { x: 70, y: 90, width: 60, height: 920 } }], [growing]);
        expect(shown()).toEqual([[0, '1', 1]]);
    });

    it('leave boxes of a picture, which never had strokes', () => {
        objects.read([found('3', 70)], []);
        objects.redrawn([]);
        expect(shown()).toEqual([[0, '3', 0]]);
    });

    it('are deleted with the chosen objects only', () => {
        objects.choose(0);
        expect(objects.without([left, right])).toEqual([right]);
        expect(shown()).toEqual([[1, '7', 1]]);
    });
});

describe('held objects', () => {
    beforeEach(() => {
        objects.choose(0);
        objects.hold([left, right]);
    });

    it('move from where they were held, however often they are pulled', () => {
        objects.pulled(5, 5, extent);
        expect(objects.pulled(200, 0, extent)).toEqual([[300, 100, 300, 300], right]);
        expect(objects.all[0]!.box.x).toBe(270);
    });

    it('keep their middle on the canvas', () => {
        objects.pulled(-5000, 5000, extent);
        const { x, y, width, height } = objects.all[0]!.box;
        expect([x + width / 2, y + height / 2]).toEqual([0, 1120]);
    });

    it('scale about their upper left corner, neither to a dot nor beyond the canvas', () => {
        expect(objects.scaled(2, extent)[0]).toEqual([130, 110, 130, 510]);
        objects.scaled(0, extent);
        expect(objects.all[0]!.box.height).toBeCloseTo(40);
        objects.scaled(100, extent);
        expect(objects.all[0]!.box.height).toBeCloseTo(1120);
    });

    it('are read otherwise without moving, and nothing else changes', () => {
        objects.pulled(200, 0, extent);
        objects.read([found('4', 262), found('2', 300)], [left, right]);
        expect(objects.all.map(({ found: read, box }) => [read?.digit, box.x])).toEqual([['4', 270], ['7', 670]]);
    });

    it('are the same things when they are let go', () => {
        const moved = objects.pulled(200, 0, extent);
        objects.letGo();
        objects.read([found('1', 268), found('7', 670)], moved);
        expect(shown()).toEqual([[0, '1', 1], [1, '7', 1]]);
        expect([...objects.chosenIds]).toEqual([0]);
    });
});

describe('strokes bound together', () => {
    it('are one object whatever the boxes say, also after they have moved and after that was undone', () => {
        const strokes = [left, right];
        objects.bind([left, right], strokes);
        expect(objects.chosen.map(object => object.strokes)).toEqual([[left, right]]);
        objects.hold(strokes);
        const moved = objects.pulled(0, 100, extent);
        objects.letGo();
        objects.read([found('1', 70, 190), found('7', 670, 190)], moved);
        expect(objects.chosen[0]!.strokes).toHaveLength(2);
        objects.redrawn(strokes);
        expect(objects.all.find(object => object.strokes.includes(left))!.strokes).toHaveLength(2);
    });
});

it('finds the object under a tap, the smallest of several', () => {
    objects.read([{ ...found('8', 0), box: { x: 0, y: 0, width: 1000, height: 1000 } }, found('1', 70)], [left, right]);
    expect(objects.at(100, 200)?.found?.digit).toBe('1');
    expect(objects.at(400, 800)?.found?.digit).toBe('8');
    expect(objects.at(1100, 1100)).toBeNull();
});
