import { type Box, contains } from '../shared/box';
import type { Stroke } from '../shared/stroke-model';

/** Distance between points at which a stroke is looked at, in units: a third of a default brush. */
const stride = 8;

/** The smallest rectangle around strokes, without the brush's breadth; there must be one. */
export function boundsOf(strokes: readonly Stroke[]): Box {
    let [left, top, right, bottom] = [Infinity, Infinity, -Infinity, -Infinity];
    for (const stroke of strokes) {
        for (let index = 0; index < stroke.length; index += 2) {
            [left, right] = [Math.min(left, stroke[index]!), Math.max(right, stroke[index]!)];
            [top, bottom] = [Math.min(top, stroke[index + 1]!), Math.max(bottom, stroke[index + 1]!)];
        }
    }

    return { x: left, y: top, width: right - left, height: bottom - top };
}

/** Points along a stroke, evenly spread, so that a fast hand counts like a slow one. */
export function samples(stroke: Stroke): number[] {
    const points = [stroke[0]!, stroke[1]!];
    for (let index = 2; index < stroke.length; index += 2) {
        const [x0, y0, x1, y1] = [stroke[index - 2]!, stroke[index - 1]!, stroke[index]!, stroke[index + 1]!];
        const steps = Math.max(1, Math.ceil(Math.hypot(x1 - x0, y1 - y0) / stride));
        for (let step = 1; step <= steps; step++) points.push(x0 + ((x1 - x0) * step) / steps, y0 + ((y1 - y0) * step) / steps);
    }

    return points;
}

/** Share of sampled points that lie in the box, 0 … 1. */
export function shareInside(points: readonly number[], box: Box): number {
    let inside = 0;
    for (let index = 0; index < points.length; index += 2) if (contains(box, points[index]!, points[index + 1]!)) inside++;
    return (2 * inside) / points.length;
}

/** The smallest distance between two lists of sampled points. */
export function gapBetween(a: readonly number[], b: readonly number[]): number {
    let nearest = Infinity;
    for (let i = 0; i < a.length; i += 2) {
        for (let j = 0; j < b.length; j += 2) nearest = Math.min(nearest, Math.hypot(a[i]! - b[j]!, a[i + 1]! - b[j + 1]!));
    }

    return nearest;
}

export function movedStroke(stroke: Stroke, dx: number, dy: number): Stroke {
    return stroke.map((value, index) => tenth(value + (index % 2 === 0 ? dx : dy)));
}

/** Scaled about a point that stays where it is. */
export function scaledStroke(stroke: Stroke, factor: number, [x, y]: readonly [number, number]): Stroke {
    return stroke.map((value, index) => {
        const origin = index % 2 === 0 ? x : y;
        return tenth(origin + (value - origin) * factor);
    });
}

const tenth = (value: number) => Math.round(value * 10) / 10;
