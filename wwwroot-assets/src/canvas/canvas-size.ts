import type { Box } from '../shared/box';
import type { Extent, Stroke } from '../shared/stroke-model';
import { boundsOf, movedStroke, scaledStroke } from './stroke-geometry';

/** Room left between what is brought in and the rim, in units. */
const margin = 20;

/** Strokes of which nothing lies on the canvas. */
export function strokesOutside(strokes: readonly Stroke[], { width, height }: Extent): Stroke[] {
    return strokes.filter(stroke => {
        const { x, y, width: w, height: h } = boundsOf([stroke]);
        return x > width || y > height || x + w < 0 || y + h < 0;
    });
}

/** Whether any of it hangs over the rim. */
export function overhangs({ x, y, width, height }: Box, extent: Extent): boolean {
    return x < 0 || y < 0 || x + width > extent.width || y + height > extent.height;
}

/** All strokes together moved so that they lie on the canvas, smaller if they must be. */
export function broughtIn(strokes: readonly Stroke[], extent: Extent): Stroke[] {
    const { x, y, width, height } = boundsOf(strokes);
    const room = { width: extent.width - 2 * margin, height: extent.height - 2 * margin };
    const factor = Math.min(1, room.width / Math.max(1, width), room.height / Math.max(1, height));
    const place = (start: number, length: number, side: number) => Math.min(Math.max(start, margin), side - margin - length * factor);
    const [dx, dy] = [place(x, width, extent.width) - x, place(y, height, extent.height) - y];
    return strokes.map(stroke => movedStroke(scaledStroke(stroke, factor, [x, y]), dx, dy));
}
