import { cellUnits, type Drawing, type Extent, type Stroke } from './stroke-model';

/** Cells for one digit each on paper of rows × columns places, counted from 0. */
export class CellGrid {
    readonly rows: number;
    readonly columns: number;
    readonly #places: readonly number[];
    /** By place: the cell there, or the nearest one. */
    readonly #nearest: readonly number[];

    /** @param places Where each cell lies, places counted in reading order; left out, there is a cell at each. */
    constructor(rows: number, columns: number, places: readonly number[] = Array.from({ length: rows * columns }, (_, place) => place)) {
        [this.rows, this.columns, this.#places] = [rows, columns, places];
        this.#nearest = Array.from({ length: rows * columns }, (_, place) => this.#nearestTo(place % columns, Math.floor(place / columns)));
    }

    get count(): number {
        return this.#places.length;
    }

    get extent(): Extent {
        return { width: this.columns * cellUnits, height: this.rows * cellUnits };
    }

    /** Upper left corner of a cell. */
    corner(cell: number): [x: number, y: number] {
        const [column, row] = this.#place(cell);
        return [column * cellUnits, row * cellUnits];
    }

    /** The cell of a place; where there is none, the nearest one. */
    at(x: number, y: number): number {
        return this.#nearest[this.#placeAt(x, y)]!;
    }

    /** "Cell 2". */
    title(cell: number): string {
        return `Cell ${cell + 1}`;
    }

    /** "cell 2, row 1, column 2". */
    name(cell: number): string {
        const [column, row] = this.#place(cell);
        return `${this.title(cell).toLowerCase()}, row ${row + 1}, column ${column + 1}`;
    }

    /** The cell that a key of the keyboard stands for. */
    keyed(key: string): number | undefined {
        return /^[1-9]$/.test(key) && Number(key) <= this.count ? Number(key) - 1 : undefined;
    }

    /** The cell an arrow key leads to, or the same one at the rim; undefined for other keys. */
    beside(cell: number, key: string): number | undefined {
        const [column, row] = this.#place(cell);
        const [right, down] = ({ ArrowLeft: [-1, 0], ArrowRight: [1, 0], ArrowUp: [0, -1], ArrowDown: [0, 1] } as Record<string, [number, number]>)[key] ?? [0, 0];
        return right === 0 && down === 0 ? undefined : this.at((column + right) * cellUnits, (row + down) * cellUnits);
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

    /** What is drawn in each cell, on a canvas of its own; cells without strokes are left out. */
    split(strokes: readonly Stroke[]): Map<number, Stroke[]> {
        const cells = new Map<number, Stroke[]>();
        for (const stroke of strokes) {
            const owner = this.owner(stroke);
            cells.set(owner, [...(cells.get(owner) ?? []), this.#moved(stroke, owner, 0)]);
        }

        return cells;
    }

    /** Strokes as they lie in the cells of another grid, which has as many. */
    laidOn(other: CellGrid, strokes: readonly Stroke[]): Stroke[] {
        return strokes.map(stroke => {
            const owner = this.owner(stroke);
            return shifted(stroke, this.corner(owner), other.corner(owner));
        });
    }

    #moved(stroke: Stroke, from: number, to: number): Stroke {
        return shifted(stroke, this.corner(from), this.corner(to));
    }

    #place(cell: number): [column: number, row: number] {
        const place = this.#places[cell]!;
        return [place % this.columns, Math.floor(place / this.columns)];
    }

    #placeAt(x: number, y: number): number {
        const inside = (value: number, cells: number) => Math.min(cells - 1, Math.max(0, Math.floor(value / cellUnits)));
        return inside(y, this.rows) * this.columns + inside(x, this.columns);
    }

    #nearestTo(column: number, row: number): number {
        const distances = this.#places.map((_, cell) => {
            const [x, y] = this.#place(cell);
            return Math.abs(x - column) + Math.abs(y - row);
        });
        return distances.indexOf(Math.min(...distances));
    }

    /** Cuts the segment where it crosses lines between cells; each piece lies in one cell, that of its middle. */
    #addSegment(lengths: Float64Array, x0: number, y0: number, x1: number, y1: number): void {
        const [dx, dy] = [x1 - x0, y1 - y0];
        const place = this.#placeAt(x0, y0);
        if (place === this.#placeAt(x1, y1)) {
            lengths[this.#nearest[place]!]! += Math.hypot(dx, dy);   // most do not cross any line
            return;
        }

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

function shifted(stroke: Stroke, [x0, y0]: readonly [number, number], [x1, y1]: readonly [number, number]): Stroke {
    return stroke.map((value, index) => Math.round((value + (index % 2 === 0 ? x1 - x0 : y1 - y0)) * 10) / 10);
}
