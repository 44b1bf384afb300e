import { cellUnits, type Drawing, type Extent, type Stroke } from './stroke-model';

/** Rows × columns cells for one digit each, counted from 0 in reading order. */
export class CellGrid {
    readonly rows: number;
    readonly columns: number;

    constructor(rows: number, columns: number) {
        [this.rows, this.columns] = [rows, columns];
    }

    get count(): number {
        return this.rows * this.columns;
    }

    get extent(): Extent {
        return { width: this.columns * cellUnits, height: this.rows * cellUnits };
    }

    /** Upper left corner of a cell. */
    corner(cell: number): [x: number, y: number] {
        return [(cell % this.columns) * cellUnits, Math.floor(cell / this.columns) * cellUnits];
    }

    /** The cell of a place; outside the canvas the nearest one. */
    at(x: number, y: number): number {
        const inside = (value: number, cells: number) => Math.min(cells - 1, Math.max(0, Math.floor(value / cellUnits)));
        return inside(y, this.rows) * this.columns + inside(x, this.columns);
    }

    /** "cell 2, row 1, column 2". */
    name(cell: number): string {
        return `cell ${cell + 1}, row ${Math.floor(cell / this.columns) + 1}, column ${(cell % this.columns) + 1}`;
    }

    /** The cell an arrow key leads to, or the same one at the rim; undefined for other keys. */
    beside(cell: number, key: string): number | undefined {
        const [row, column] = [Math.floor(cell / this.columns), cell % this.columns];
        switch (key) {
            case 'ArrowLeft': return column > 0 ? cell - 1 : cell;
            case 'ArrowRight': return column < this.columns - 1 ? cell + 1 : cell;
            case 'ArrowUp': return row > 0 ? cell - this.columns : cell;
            case 'ArrowDown': return row < this.rows - 1 ? cell + this.columns : cell;
            default: return undefined;
        }
    }

    /** The cell that holds most of a stroke's length, the first of equals: the rule by which readers cut drawings into cells. */
    owner(stroke: Stroke): number {
        const lengths = new Float64Array(this.count);
        for (let index = 2; index < stroke.length; index += 2) this.#addSegment(lengths, stroke[index - 2]!, stroke[index - 1]!, stroke[index]!, stroke[index + 1]!);
        let owner = this.at(stroke[0]!, stroke[1]!); // a dot has no length, only a place
        lengths.forEach((length, cell) => (owner = length > lengths[owner]! ? cell : owner));
        return owner;
    }

    /** The strokes of a cell, where they lie. */
    of(strokes: readonly Stroke[], cell: number): Stroke[] {
        return strokes.filter(stroke => this.owner(stroke) === cell);
    }

    /** All strokes but a cell's. */
    without(strokes: readonly Stroke[], cell: number): Stroke[] {
        return strokes.filter(stroke => this.owner(stroke) !== cell);
    }

    /** Which cells are drawn in, in reading order. */
    drawn(strokes: readonly Stroke[]): number[] {
        return [...new Set(strokes.map(stroke => this.owner(stroke)))].sort((a, b) => a - b);
    }

    swapped(strokes: readonly Stroke[], a: number, b: number): Stroke[] {
        return strokes.map(stroke => {
            const owner = this.owner(stroke);
            return owner === a ? this.#moved(stroke, a, b) : owner === b ? this.#moved(stroke, b, a) : stroke;
        });
    }

    /** What is in a cell also in another one, instead of what was there. */
    copied(strokes: readonly Stroke[], from: number, to: number): Stroke[] {
        if (from === to) return [...strokes];
        return [...this.without(strokes, to), ...this.of(strokes, from).map(stroke => this.#moved(stroke, from, to))];
    }

    /** Strokes of a single digit's canvas, in a cell. */
    placed(digit: readonly Stroke[], cell: number): Stroke[] {
        return digit.map(stroke => this.#moved(stroke, 0, cell));
    }

    /** A cell's digit on a canvas of its own. */
    digit({ strokes, brush }: Drawing, cell: number): Drawing {
        return { width: cellUnits, height: cellUnits, strokes: this.of(strokes, cell).map(stroke => this.#moved(stroke, cell, 0)), ...(brush === undefined ? {} : { brush }) };
    }

    #moved(stroke: Stroke, from: number, to: number): Stroke {
        const [[x0, y0], [x1, y1]] = [this.corner(from), this.corner(to)];
        return stroke.map((value, index) => Math.round((value + (index % 2 === 0 ? x1 - x0 : y1 - y0)) * 10) / 10);
    }

    /** Cuts the segment where it crosses lines between cells; each piece lies in one cell, that of its middle. */
    #addSegment(lengths: Float64Array, x0: number, y0: number, x1: number, y1: number): void {
        const [dx, dy] = [x1 - x0, y1 - y0];
        const lines = (cells: number, from: number, delta: number) => Array.from({ length: cells - 1 }, (_, line) => ((line + 1) * cellUnits - from) / delta);
        const cuts = [...lines(this.columns, x0, dx), ...lines(this.rows, y0, dy), 1].filter(cut => cut > 0 && cut <= 1).sort((a, b) => a - b);
        let from = 0;
        for (const to of cuts) {
            const middle = (from + to) / 2;
            lengths[this.at(x0 + middle * dx, y0 + middle * dy)]! += (to - from) * Math.hypot(dx, dy);
            from = to;
        }
    }
}
