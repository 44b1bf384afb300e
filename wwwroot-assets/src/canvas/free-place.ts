import { type Box, grown, overlap } from '../shared/box';
import type { Extent, Stroke } from '../shared/stroke-model';
import { boundsOf, movedStroke, scaledStroke } from './stroke-geometry';

/** Room left around what is placed, in units. */
const margin = 20;

/** How far apart the places are that are looked at. */
const stride = 40;

/** Whether nothing of a box lies on the canvas. */
export function isOutside({ x, y, width, height }: Box, extent: Extent): boolean {
    return x >= extent.width || y >= extent.height || x + width <= 0 || y + height <= 0;
}

/** Strokes put where there is room, smaller if the canvas is too small for them. */
export function placedFreely(strokes: readonly Stroke[], extent: Extent, occupied: readonly Box[]): Stroke[] {
    const { x, y, width, height } = boundsOf(strokes);
    const factor = Math.min(1, (extent.width - 2 * margin) / Math.max(1, width), (extent.height - 2 * margin) / Math.max(1, height));
    const [left, top] = freePlace({ width: width * factor, height: height * factor }, extent, occupied);
    return strokes.map(stroke => movedStroke(scaledStroke(stroke, factor, [x, y]), left - x, top - y));
}

/** Strokes with their middle at a place. */
export function placedAt(strokes: readonly Stroke[], x: number, y: number): Stroke[] {
    const bounds = boundsOf(strokes);
    return strokes.map(stroke => movedStroke(stroke, x - bounds.x - bounds.width / 2, y - bounds.y - bounds.height / 2));
}

/** Upper left corner of the first place that nothing occupies, from left to right in the row nearest to the middle; of the emptiest one when all are taken. */
export function freePlace({ width, height }: Extent, extent: Extent, occupied: readonly Box[]): [x: number, y: number] {
    const middle = (extent.height - height) / 2;
    const rows = [...places(extent.height - height), middle].sort((a, b) => Math.abs(a - middle) - Math.abs(b - middle));
    let [best, least] = [[margin, middle] as [number, number], Infinity];
    for (const y of rows) {
        for (const x of places(extent.width - width)) {
            const place = grown({ x, y, width, height }, margin);
            const taken = occupied.reduce((sum, box) => sum + overlap(place, box), 0);
            if (taken >= least) continue;
            [best, least] = [[x, y], taken];
            if (taken === 0) return best;
        }
    }

    return best;
}

const places = (room: number): number[] => Array.from({ length: Math.max(1, Math.floor((room - 2 * margin) / stride) + 1) }, (_, index) => margin + index * stride);
