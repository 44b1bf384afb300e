import { viridisTable } from './colors';

export interface Grid {
    values: ArrayLike<number>;
    width: number;
    height: number;
}

export interface HeatmapStyle {
    /** Value drawn at the map's upper end; the largest value of the grid when left out. */
    maximum?: number;
    /** 0 … 1; 1 hides what lies below. */
    opacity?: number;
    /** Small values fade out, so that a picture below stays readable. */
    fade?: boolean;
    /** 256 × RGB. */
    colors?: Uint8Array;
}

/**
 * Paints a grid of values as a canvas of one pixel per cell; CSS scales it (`image-rendering: pixelated`), so a frame costs
 * some fifty pixels whatever its size on the page.
 */
export function paintHeatmap(canvas: HTMLCanvasElement, grid: Grid, style: HeatmapStyle = {}): void {
    const { width, height } = grid;
    if (canvas.width !== width) canvas.width = width;
    if (canvas.height !== height) canvas.height = height;
    canvas.getContext('2d')!.putImageData(new ImageData(heatmapPixels(grid, style), width, height), 0, 0);
}

/** RGBA bytes of the grid. */
export function heatmapPixels({ values, width, height }: Grid, style: HeatmapStyle = {}): Uint8ClampedArray<ArrayBuffer> {
    const colors = style.colors ?? viridisTable;
    const maximum = style.maximum ?? largest(values);
    const opacity = style.opacity ?? 1;
    const pixels = new Uint8ClampedArray(width * height * 4);
    for (let index = 0; index < width * height; index++) {
        const share = maximum > 0 ? Math.min(1, Math.max(0, values[index]! / maximum)) : 0;
        const level = Math.round(share * 255) * 3;
        pixels[index * 4] = colors[level]!;
        pixels[index * 4 + 1] = colors[level + 1]!;
        pixels[index * 4 + 2] = colors[level + 2]!;
        pixels[index * 4 + 3] = Math.round(255 * opacity * (style.fade ? Math.min(1, share * 1.5) : 1));
    }

    return pixels;
}

export function largest(values: ArrayLike<number>): number {
    let result = 0;
    for (let index = 0; index < values.length; index++) result = Math.max(result, values[index]!);
    return result;
}

/** Lines between patches over all of a context's canvas, sharp on every display. */
export function paintPatchGrid(context: CanvasRenderingContext2D, columns: number, rows: number, color: string, marked = -1, markColor = color): void {
    const scale = Math.max(1, devicePixelRatio);
    const { width, height } = context.canvas;
    context.strokeStyle = color;
    context.lineWidth = Math.max(1, Math.round(scale));
    context.beginPath();
    for (let column = 1; column < columns; column++) {
        const x = Math.round((column * width) / columns) + 0.5;
        context.moveTo(x, 0);
        context.lineTo(x, height);
    }

    for (let row = 1; row < rows; row++) {
        const y = Math.round((row * height) / rows) + 0.5;
        context.moveTo(0, y);
        context.lineTo(width, y);
    }

    context.stroke();
    if (marked >= 0) {
        context.strokeStyle = markColor;
        context.lineWidth = 2 * scale;
        const [column, row] = [marked % columns, Math.floor(marked / columns)];
        context.strokeRect((column * width) / columns + scale, (row * height) / rows + scale, width / columns - 2 * scale, height / rows - 2 * scale);
    }
}

/** The cell under a pointer, row by row, or −1 outside. */
export function cellAt(canvas: HTMLElement, event: { clientX: number; clientY: number }, columns: number, rows: number): number {
    const box = canvas.getBoundingClientRect();
    const column = Math.floor(((event.clientX - box.left) / box.width) * columns);
    const row = Math.floor(((event.clientY - box.top) / box.height) * rows);
    return column < 0 || row < 0 || column >= columns || row >= rows ? -1 : row * columns + column;
}
