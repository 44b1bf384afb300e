import type { Picture } from '../shared/digit-tile';
import { CellGrid } from '../shared/stroke-cells';
import { cellUnits, type Drawing } from '../shared/stroke-model';

/** The cell of the anchor; those of the sequence follow it. */
export const anchor = 0;
export const images: readonly number[] = Array.from({ length: 10 }, (_, index) => index + 1);
export const everyCell: readonly number[] = [anchor, ...images];

/** An anchor and the ten images of a sequence. */
class SequenceGrid extends CellGrid {
    override title(cell: number): string {
        return cell === anchor ? 'Anchor' : `Image ${cell}`;
    }

    override name(cell: number): string {
        return this.title(cell).toLowerCase();
    }

    override keyed(key: string): number | undefined {
        if (/^[0-9]$/.test(key)) return Number(key) || images.length;
        return key.toLowerCase() === 'a' ? anchor : undefined;
    }

    override beside(cell: number, key: string): number | undefined {
        if (key === 'ArrowLeft') return Math.max(0, cell - 1);
        return key === 'ArrowRight' ? Math.min(this.count - 1, cell + 1) : super.beside(cell, key);
    }
}

/** The anchor, and the sequence in one row with it. */
export const inOneRow: CellGrid = new SequenceGrid(1, 11);

/** For narrow screens: the anchor, and below it the sequence in two rows of five. */
export const inRowsOfFive: CellGrid = new SequenceGrid(3, 5, [0, ...images.map(image => image + 4)]);

/** Some cells of a drawing, side by side: what a reader of that many images gets. */
export function stripOf(grid: CellGrid, drawing: Drawing, cells: readonly number[]): Drawing {
    const [row, digits] = [new CellGrid(1, cells.length), grid.split(drawing.strokes)];
    return { ...drawing, ...row.extent, strokes: cells.flatMap((cell, place) => row.placed(digits.get(cell) ?? [], place)) };
}

/** The same of a picture of the whole canvas. */
export function pictureStripOf(grid: CellGrid, { width, pixels }: Picture, cells: readonly number[]): Picture {
    const side = width / grid.columns;
    const strip = { width: cells.length * side, height: side, pixels: new Uint8Array(cells.length * side * side) };
    cells.forEach((cell, place) => {
        const [x, y] = grid.corner(cell).map(units => (units / cellUnits) * side) as [number, number];
        for (let row = 0; row < side; row++) strip.pixels.set(pixels.subarray((y + row) * width + x, (y + row) * width + x + side), row * strip.width + place * side);
    });
    return strip;
}
