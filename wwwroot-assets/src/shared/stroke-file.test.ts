import { describe, expect, it } from 'vitest';
import { fitDrawing, readDrawing } from './stroke-file';
import { singleCell } from './stroke-model';

describe('readDrawing', () => {
    it('takes the first drawing of a file, without its label', () => {
        expect(readDrawing('\n{"label":[1,2],"width":560,"height":560,"strokes":[[1,2,3,4]],"brush":30}\n{"width":1}')).toEqual({ width: 560, height: 560, strokes: [[1, 2, 3, 4]], brush: 30 });
    });

    it.each([
        ['{"width":0,"height":280,"strokes":[]}', 'width: expected a whole number from 1, got 0.'],
        ['{"width":280,"strokes":[]}', 'height: expected a whole number from 1, got nothing.'],
        ['{"width":280,"height":280,"strokes":7}', 'strokes: expected a list of strokes, got 7.'],
        ['{"width":280,"height":280,"strokes":[[1,2],[1,2,3]]}', 'strokes[1]: expected x0, y0, x1, y1'],
        ['{"width":280,"height":280,"strokes":[[1,"2"]]}', 'strokes[0]'],
        ['{"width":280,"height":280,"strokes":[],"brush":-1}', 'brush: expected a diameter above 0, got -1.'],
        ['null', 'width'],
        ['a poem', 'no drawings file'],
    ])('refuses %s, saying what would be right', (text, message) => {
        expect(() => readDrawing(text)).toThrow(message);
    });
});

describe('fitDrawing', () => {
    it('puts a drawing of another shape into the middle, as large as fits', () => {
        expect(fitDrawing({ width: 140, height: 70, strokes: [[0, 0, 140, 70]], brush: 10 }, singleCell)).toEqual({ strokes: [[0, 70, 280, 210]], brush: 20 });
    });

    it('leaves a drawing of the same canvas as it is', () => {
        expect(fitDrawing({ ...singleCell, strokes: [[1.5, 2]] }, singleCell)).toEqual({ strokes: [[1.5, 2]], brush: 22.4 });
    });
});
