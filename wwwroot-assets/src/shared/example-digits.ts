import type { Stroke } from './stroke-model';

// One hand's ten digits: control points of each stroke on the 280-unit canvas, joined by a smooth curve.
const controls: readonly (readonly Stroke[])[] = [
    [[150, 48, 112, 62, 86, 104, 80, 156, 96, 208, 134, 232, 172, 214, 194, 166, 192, 108, 174, 62, 142, 48]],
    [[108, 88, 128, 72, 150, 48, 148, 100, 144, 160, 141, 232]],
    [[84, 92, 96, 60, 134, 46, 172, 62, 180, 100, 158, 142, 118, 188, 84, 226, 130, 222, 200, 224]],
    [[88, 68, 122, 46, 164, 56, 176, 90, 154, 120, 122, 132, 162, 138, 188, 168, 180, 208, 142, 234, 92, 222]],
    [[118, 48, 104, 98, 86, 150, 130, 152, 202, 148], [168, 86, 164, 150, 158, 236]],
    [[184, 54, 146, 54, 108, 58, 104, 92, 98, 126, 138, 116, 176, 134, 186, 176, 164, 218, 124, 234, 84, 218]],
    [[166, 46, 130, 78, 100, 132, 90, 184, 110, 226, 150, 232, 182, 204, 180, 168, 150, 148, 114, 160, 94, 188]],
    [[82, 62, 130, 60, 194, 56, 172, 110, 146, 170, 124, 236]],
    [[172, 74, 138, 48, 102, 66, 104, 104, 142, 134, 180, 172, 176, 216, 138, 236, 98, 216, 102, 174, 138, 138, 176, 104, 172, 72]],
    [[178, 86, 154, 54, 114, 58, 94, 92, 112, 128, 150, 126, 176, 96, 180, 84, 176, 140, 166, 190, 148, 238]],
];

/** Strokes of an example digit, as a hand would draw it. */
export function exampleDigit(digit: number): Stroke[] {
    return controls[digit]!.map(points => smoothCurve(points));
}

/** Catmull-Rom through the control points, eight samples per span. */
function smoothCurve(points: Stroke): Stroke {
    const count = points.length / 2;
    const at = (index: number, axis: number) => points[Math.min(count - 1, Math.max(0, index)) * 2 + axis]!;
    const curve: number[] = [];
    for (let span = 0; span < count - 1; span++) {
        for (let step = 0; step < 8; step++) curve.push(catmullRom(at, span, step / 8, 0), catmullRom(at, span, step / 8, 1));
    }

    curve.push(at(count - 1, 0), at(count - 1, 1));
    return curve.map(value => Math.round(value * 10) / 10);
}

function catmullRom(at: (index: number, axis: number) => number, span: number, t: number, axis: number): number {
    const [p0, p1, p2, p3] = [at(span - 1, axis), at(span, axis), at(span + 1, axis), at(span + 2, axis)];
    return 0.5 * (2 * p1 + (p2 - p0) * t + (2 * p0 - 5 * p1 + 4 * p2 - p3) * t * t + (3 * p1 - p0 - 3 * p2 + p3) * t * t * t);
}

/**
 * Draws strokes at the pace of a hand: `step` gets what is there so far, every frame, and true when all of it is. Returns the way to stop.
 */
export function replay(strokes: readonly Stroke[], milliseconds: number, step: (soFar: Stroke[], done: boolean) => void): () => void {
    const points = strokes.reduce((sum, stroke) => sum + stroke.length / 2, 0);
    const started = performance.now();
    let frame = requestAnimationFrame(function paint(now) {
        const share = Math.min(1, (now - started) / milliseconds);
        step(firstPoints(strokes, Math.ceil(share * points)), share === 1);
        if (share < 1) frame = requestAnimationFrame(paint);
    });
    return () => cancelAnimationFrame(frame);
}

/** The first `count` points of the strokes. */
export function firstPoints(strokes: readonly Stroke[], count: number): Stroke[] {
    const result: Stroke[] = [];
    for (const stroke of strokes) {
        if (count <= 0) break;
        result.push(stroke.slice(0, count * 2));
        count -= stroke.length / 2;
    }

    return result;
}
