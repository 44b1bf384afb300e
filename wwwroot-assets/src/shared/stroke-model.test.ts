import { beforeEach, describe, expect, it } from 'vitest';
import { StrokeModel, defaultBrush } from './stroke-model';

let model: StrokeModel;
const draw = (...points: number[]) => {
    model.begin(points[0]!, points[1]!);
    for (let index = 2; index < points.length; index += 2) model.extend(points[index]!, points[index + 1]!);
    model.commit();
};

beforeEach(() => {
    model = new StrokeModel();
});

describe('drawing', () => {
    it('keeps what the hand drew, without points closer than half a unit', () => {
        draw(10, 10, 10.2, 10.1, 20, 10, 30, 40);
        expect(model.content.strokes).toEqual([[10, 10, 20, 10, 30, 40]]);
    });

    it('shows the growing stroke before it is committed', () => {
        model.begin(1, 2);
        model.extend(5, 6);
        expect(model.content.strokes).toEqual([[1, 2, 5, 6]]);
        expect(model.isEmpty).toBe(false);
        expect(model.canUndo).toBe(false);
    });

    it('forgets a discarded stroke as if it had never begun', () => {
        draw(10, 10, 20, 20);
        model.begin(50, 50);
        model.extend(60, 60);
        model.discard();
        expect(model.content.strokes).toHaveLength(1);
        model.undo();
        expect(model.isEmpty).toBe(true);
    });

    it('replaces a picture by the first stroke over it', () => {
        model.replace({ picture: { width: 1, height: 1, pixels: new Uint8Array(1) } });
        draw(10, 10, 20, 20);
        expect(model.content.picture).toBeNull();
        model.undo();
        expect(model.content.picture).not.toBeNull();
    });
});

describe('undo and redo', () => {
    it('go stroke by stroke', () => {
        draw(0, 0, 10, 10);
        draw(20, 20, 30, 30);
        model.undo();
        expect(model.content.strokes).toEqual([[0, 0, 10, 10]]);
        model.redo();
        expect(model.content.strokes).toHaveLength(2);
        expect(model.redo()).toBe(false);
    });

    it('bring a cleared drawing back', () => {
        draw(0, 0, 10, 10);
        model.clear();
        expect(model.isEmpty).toBe(true);
        model.undo();
        expect(model.content.strokes).toHaveLength(1);
    });

    it('lead back before a step that was amended', () => {
        draw(0, 0, 10, 10);
        model.replace({ strokes: [] });
        model.amend({ strokes: [[1, 1]] });
        model.amend({ strokes: [[1, 1, 9, 9]] });
        expect(model.content.strokes).toEqual([[1, 1, 9, 9]]);
        model.undo();
        expect(model.content.strokes).toEqual([[0, 0, 10, 10]]);
    });

    it('do nothing on an empty canvas', () => {
        model.clear();
        expect(model.undo()).toBe(false);
        expect(model.canUndo).toBe(false);
    });

    it('lose the future when something new is drawn', () => {
        draw(0, 0, 10, 10);
        model.undo();
        draw(5, 5, 15, 15);
        expect(model.canRedo).toBe(false);
    });
});

describe('eraser', () => {
    beforeEach(() => {
        draw(0, 0, 100, 0);
        draw(0, 50, 100, 50);
    });

    it('takes the strokes it touches, as one undo step', () => {
        model.beginErasing();
        expect(model.eraseAt(50, 4, 8)).toBe(true);
        expect(model.eraseAt(50, 46, 8)).toBe(true);
        model.endErasing();
        expect(model.isEmpty).toBe(true);
        model.undo();
        expect(model.content.strokes).toHaveLength(2);
    });

    it('leaves strokes out of reach, and no undo step when it met none', () => {
        model.beginErasing();
        expect(model.eraseAt(50, 25, 8)).toBe(false);
        model.endErasing();
        model.undo();
        expect(model.content.strokes).toHaveLength(1);
    });

    it('gives everything back when the gesture is cancelled', () => {
        model.beginErasing();
        model.eraseAt(50, 0, 8);
        model.discard();
        expect(model.content.strokes).toHaveLength(2);
    });
});

describe('drawing file', () => {
    it('names the brush only when it is not the default', () => {
        draw(0, 0, 10, 10);
        expect(model.drawing(defaultBrush)).toEqual({ width: 280, height: 280, strokes: [[0, 0, 10, 10]] });
        expect(model.drawing(30).brush).toBe(30);
        expect(new StrokeModel({ width: 560, height: 280 }).drawing(defaultBrush)).toEqual({ width: 560, height: 280, strokes: [] });
    });
});

describe('another shape of the canvas', () => {
    it('lays out what is drawn and every undo step anew', () => {
        draw(10, 10, 20, 10);
        draw(30, 10, 40, 10);
        model.undo();
        model.relay({ width: 560, height: 280 }, strokes => strokes.map(stroke => stroke.map((value, index) => (index % 2 === 0 ? value + 280 : value))));
        expect(model.extent).toEqual({ width: 560, height: 280 });
        expect(model.content.strokes).toEqual([[290, 10, 300, 10]]);
        model.redo();
        expect(model.content.strokes).toEqual([[290, 10, 300, 10], [310, 10, 320, 10]]);
        model.undo();
        model.undo();
        expect(model.isEmpty).toBe(true);
    });
});
