import { defaultBrush, type Drawing, type Extent, type Stroke } from './stroke-model';

/**
 * The first drawing of a drawings file (one JSON object a line).
 * @throws Error naming the field and what would be right.
 */
export function readDrawing(text: string): Drawing {
    const line = text.split('\n').find(candidate => candidate.trim().length > 0) ?? '';
    let value: unknown;
    try {
        value = JSON.parse(line);
    } catch {
        throw new Error('This is no drawings file: expected one JSON object a line, {"width":280,"height":280,"strokes":[[x0,y0,x1,y1,…],…]}.');
    }

    const { width, height, strokes, brush } = (value ?? {}) as Partial<Drawing>;
    for (const [name, side] of Object.entries({ width, height })) {
        if (!Number.isInteger(side) || side! < 1) throw new Error(`${name}: expected a whole number from 1, got ${said(side)}.`);
    }

    if (!Array.isArray(strokes)) throw new Error(`strokes: expected a list of strokes, got ${said(strokes)}.`);
    strokes.forEach((stroke, index) => {
        if (!isStroke(stroke)) throw new Error(`strokes[${index}]: expected x0, y0, x1, y1, … as numbers, at least one point.`);
    });
    if (brush !== undefined && !(Number.isFinite(brush) && brush > 0)) throw new Error(`brush: expected a diameter above 0, got ${said(brush)}.`);
    return { width: width!, height: height!, strokes: strokes as Stroke[], ...(brush === undefined ? {} : { brush }) };
}

/** A drawing's strokes and brush on another canvas: as large as fits, in its middle. */
export function fitDrawing({ width, height, strokes, brush }: Drawing, extent: Extent): { strokes: Stroke[]; brush: number } {
    const scale = Math.min(extent.width / width, extent.height / height);
    const [x, y] = [(extent.width - width * scale) / 2, (extent.height - height * scale) / 2];
    return {
        strokes: strokes.map(stroke => stroke.map((value, index) => Math.round((value * scale + (index % 2 === 0 ? x : y)) * 10) / 10)),
        brush: brush === undefined ? defaultBrush : brush * scale,
    };
}

function isStroke(value: unknown): value is Stroke {
    return Array.isArray(value) && value.length >= 2 && value.length % 2 === 0 && value.every(number => Number.isFinite(number));
}

const said = (value: unknown) => (value === undefined ? 'nothing' : JSON.stringify(value).slice(0, 40));
