/** A rectangle, y downward. */
export interface Box {
    x: number;
    y: number;
    width: number;
    height: number;
}

export const area = ({ width, height }: Box): number => width * height;

export function overlap(a: Box, b: Box): number {
    const width = Math.min(a.x + a.width, b.x + b.width) - Math.max(a.x, b.x);
    const height = Math.min(a.y + a.height, b.y + b.height) - Math.max(a.y, b.y);
    return width > 0 && height > 0 ? width * height : 0;
}

/** Shared area over joint area, 0 … 1. */
export function intersectionOverUnion(a: Box, b: Box): number {
    const shared = overlap(a, b);
    return shared === 0 ? 0 : shared / (area(a) + area(b) - shared);
}

export function contains({ x, y, width, height }: Box, pointX: number, pointY: number): boolean {
    return pointX >= x && pointX <= x + width && pointY >= y && pointY <= y + height;
}

/** Wider by `margin` on every side. */
export function grown({ x, y, width, height }: Box, margin: number): Box {
    return { x: x - margin, y: y - margin, width: width + 2 * margin, height: height + 2 * margin };
}

export function scaledBox({ x, y, width, height }: Box, scale: number): Box {
    return { x: x * scale, y: y * scale, width: width * scale, height: height * scale };
}

export function movedBox({ x, y, ...size }: Box, dx: number, dy: number): Box {
    return { x: x + dx, y: y + dy, ...size };
}

export function centreOf({ x, y, width, height }: Box): [x: number, y: number] {
    return [x + width / 2, y + height / 2];
}
