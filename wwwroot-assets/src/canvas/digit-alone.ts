import { fitDrawing } from '../shared/stroke-file';
import { cellUnits, type Drawing, singleCell, type Stroke } from '../shared/stroke-model';
import { boundsOf, movedStroke } from './stroke-geometry';

/** Room left around a digit, in units. */
const margin = 40;

/** Strokes as the drawing of one digit on a canvas of its own, in its middle; one that is larger is scaled down, brush and all. */
export function digitAlone(strokes: readonly Stroke[], brush: number): Drawing {
    const { x, y, width, height } = boundsOf(strokes);
    const side = Math.ceil(Math.max(cellUnits, width + 2 * margin, height + 2 * margin));
    const centred = strokes.map(stroke => movedStroke(stroke, (side - width) / 2 - x, (side - height) / 2 - y));
    const fitted = fitDrawing({ width: side, height: side, strokes: centred, brush }, singleCell);
    return { ...singleCell, strokes: fitted.strokes, brush: Math.round(fitted.brush * 100) / 100 };
}
