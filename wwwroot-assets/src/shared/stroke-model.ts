import type { Picture } from './digit-tile';

/** Width and height in the units of a drawing, whatever the size on the page. */
export interface Extent {
    width: number;
    height: number;
}

/** Side of the square that one digit is drawn in. */
export const cellUnits = 280;

/** The canvas for a single digit. */
export const singleCell: Extent = { width: cellUnits, height: cellUnits };

/** Diameter of the brush in units: makes a digit that fills its cell about as bold as MNIST's. */
export const defaultBrush = 22.4;

/** x0, y0, x1, y1, … in units, y downward. */
export type Stroke = readonly number[];

/** The drawings format of files, corrections and the API. */
export interface Drawing extends Extent {
    label?: number | readonly number[];
    strokes: readonly Stroke[];
    /** Diameter in units; left out when it is the default. */
    brush?: number;
}

/** What lies on the canvas: strokes, or a picture somebody brought along. */
export interface Content {
    readonly strokes: readonly Stroke[];
    readonly picture: Picture | null;
}

const blank: Content = { strokes: [], picture: null };

/** Strokes with undo and redo; a stroke, a clearing, an erasing gesture and a brought picture are one undo step each. */
export class StrokeModel {
    #extent: Extent;
    #content: Content = blank;
    #past: Content[] = [];
    #future: Content[] = [];
    #growing: number[] | null = null;
    #erasing: Content | null = null;

    constructor(extent: Extent = singleCell) {
        this.#extent = extent;
    }

    get extent(): Extent {
        return this.#extent;
    }

    /** Another size of the canvas; what is drawn stays where it is, and no undo step is made of it. */
    resize(extent: Extent): void {
        this.#extent = extent;
    }

    /** Another shape of the canvas on which all strokes, those of undo steps too, are laid out anew; pictures go. */
    relay(extent: Extent, lay: (strokes: readonly Stroke[]) => readonly Stroke[]): void {
        this.discard();
        const laid = ({ strokes }: Content): Content => ({ ...blank, strokes: lay(strokes) });
        this.#extent = extent;
        [this.#content, this.#past, this.#future] = [laid(this.#content), this.#past.map(laid), this.#future.map(laid)];
    }

    /** With the stroke that is being drawn. */
    get content(): Content {
        return this.#growing ? { strokes: [...this.#content.strokes, this.#growing], picture: null } : this.#content;
    }

    /** Without the stroke that is being drawn. */
    get finished(): Content {
        return this.#content;
    }

    get isEmpty(): boolean {
        return !this.#growing && this.#content.strokes.length === 0 && !this.#content.picture;
    }

    get canUndo(): boolean {
        return this.#past.length > 0;
    }

    get canRedo(): boolean {
        return this.#future.length > 0;
    }

    begin(x: number, y: number): void {
        this.#growing = [round(x), round(y)];
    }

    /** Adds a point unless it is closer than half a unit to the last one. */
    extend(x: number, y: number): void {
        const stroke = this.#growing;
        if (!stroke) return;
        const [lastX, lastY] = [stroke.at(-2)!, stroke.at(-1)!];
        if (Math.hypot(x - lastX, y - lastY) >= 0.5) stroke.push(round(x), round(y));
    }

    commit(): void {
        if (!this.#growing) return;
        const next = this.content;
        this.#growing = null;
        this.#step(next);
    }

    /** A cancelled gesture never happened. */
    discard(): void {
        this.#growing = null;
        if (this.#erasing) this.#content = this.#erasing;
        this.#erasing = null;
    }

    beginErasing(): void {
        this.#erasing = this.#content;
    }

    /** Takes away every stroke that comes within `reach` of the point. */
    eraseAt(x: number, y: number, reach: number): boolean {
        const strokes = this.#content.strokes.filter(stroke => distance(stroke, x, y) > reach);
        const changed = strokes.length < this.#content.strokes.length;
        if (changed) this.#content = { strokes, picture: null };
        return changed;
    }

    endErasing(): void {
        const before = this.#erasing;
        this.#erasing = null;
        if (!before || before === this.#content) return;
        const after = this.#content;
        this.#content = before;
        this.#step(after);
    }

    clear(): void {
        this.discard();
        if (!this.isEmpty) this.#step(blank);
    }

    /** Puts something else on the canvas, as one undo step. */
    replace(content: Partial<Content>): void {
        this.discard();
        this.#step({ ...blank, ...content });
    }

    /** Says otherwise what the last step put there: undo still leads to before it, and a stroke that is being drawn goes on. */
    amend(content: Partial<Content>): void {
        this.#content = { ...blank, ...content };
    }

    undo(): boolean {
        this.discard();
        const before = this.#past.pop();
        if (!before) return false;
        this.#future.push(this.#content);
        this.#content = before;
        return true;
    }

    redo(): boolean {
        this.discard();
        const after = this.#future.pop();
        if (!after) return false;
        this.#past.push(this.#content);
        this.#content = after;
        return true;
    }

    drawing(brush: number): Drawing {
        const drawing: Drawing = { ...this.#extent, strokes: this.content.strokes };
        return brush === defaultBrush ? drawing : { ...drawing, brush };
    }

    #step(next: Content): void {
        this.#past.push(this.#content);
        this.#future = [];
        this.#content = next;
    }
}

const round = (value: number) => Math.round(value * 10) / 10;

function distance(stroke: Stroke, x: number, y: number): number {
    let nearest = Infinity;
    for (let index = 0; index < stroke.length; index += 2) {
        const from = Math.max(0, index - 2);
        nearest = Math.min(nearest, toSegment(x, y, stroke[from]!, stroke[from + 1]!, stroke[index]!, stroke[index + 1]!));
    }

    return nearest;
}

function toSegment(x: number, y: number, x0: number, y0: number, x1: number, y1: number): number {
    const [dx, dy] = [x1 - x0, y1 - y0];
    const length = dx * dx + dy * dy;
    const along = length === 0 ? 0 : Math.min(1, Math.max(0, ((x - x0) * dx + (y - y0) * dy) / length));
    return Math.hypot(x - x0 - along * dx, y - y0 - along * dy);
}
