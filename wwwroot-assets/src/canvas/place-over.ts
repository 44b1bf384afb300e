import type { Box } from '../shared/box';

/** Lays an absolutely placed element over a box of a surface that is as large as `extent`, whatever their size on the page. */
export function placeOver(element: HTMLElement, { x, y, width, height }: Box, extent: { width: number; height: number }): void {
    const share = (value: number, side: number) => `${((value / side) * 100).toFixed(2)}%`;
    Object.assign(element.style, { left: share(x, extent.width), top: share(y, extent.height), width: share(width, extent.width), height: share(height, extent.height) });
}
