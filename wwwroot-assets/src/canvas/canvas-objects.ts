import { type Box, centreOf, intersectionOverUnion } from '../shared/box';
import type { Extent, Stroke } from '../shared/stroke-model';
import { type CanvasObject, groupStrokes } from './digit-objects';
import { follow } from './object-tracking';
import { movedStroke, scaledStroke } from './stroke-geometry';

/** A digit as it was read. */
export interface Found {
    /** In units. */
    box: Box;
    digit: string;
    /** That there is a digit, and this one: 0 … 1. */
    sure: number;
    /** That there is a digit at all: 0 … 1; null where nobody says. */
    presence: number | null;
    /** One per class. */
    probabilities: readonly number[];
    /** Index of the digit's class. */
    predicted: number;
}

export interface ReadObject extends CanvasObject {
    id: number;
    /** Null for marks that were read as nothing. */
    found: Found | null;
}

/** Sides of what is scaled, in units: a digit below is a dot. */
const smallest = 40;

/**
 * What lies on the canvas and which of it is chosen. Things keep their identity from answer to answer. While a hand holds the chosen ones they
 * follow the hand alone, and an answer only says what they are read as.
 */
export class CanvasObjects {
    #objects: ReadObject[] = [];
    #chosen = new Set<number>();
    #bound: Stroke[][] = [];
    #held: { objects: ReadObject[]; strokes: readonly Stroke[] } | null = null;
    #next = 0;

    /** In reading order, what was read as nothing last. */
    get all(): readonly ReadObject[] {
        return this.#objects;
    }

    get chosenIds(): ReadonlySet<number> {
        return this.#chosen;
    }

    get chosen(): ReadObject[] {
        return this.#objects.filter(({ id }) => this.#chosen.has(id));
    }

    get isHeld(): boolean {
        return this.#held !== null;
    }

    /** A new answer about these strokes; in reading order. */
    read(found: readonly Found[], strokes: readonly Stroke[]): void {
        if (this.#held) this.#reread(found);
        else this.#group(found, strokes);
    }

    /** A hand changed the strokes, and no answer knows it yet: what has lost all its strokes is gone. */
    redrawn(strokes: readonly Stroke[]): void {
        if (this.#held) return;
        const there = new Set(strokes);
        const left = this.#objects.filter(({ strokes: own }) => own.length === 0 || own.some(stroke => there.has(stroke)));
        const read = left.filter(({ found }) => found);
        this.#group(read.map(({ found }) => found!), strokes, read.map(object => object.strokes));
    }

    clear(): void {
        [this.#objects, this.#held, this.#bound] = [[], null, []];
        this.#chosen.clear();
    }

    /** @param more Beside those already chosen; what is chosen already is then chosen no longer. */
    choose(id: number, more = false): void {
        if (!more) this.#chosen = new Set([id]);
        else if (!this.#chosen.delete(id)) this.#chosen.add(id);
    }

    chooseNone(): void {
        this.#chosen.clear();
    }

    /** Chooses strokes as one object from now on, whatever the boxes say. */
    bind(bound: readonly Stroke[], strokes: readonly Stroke[]): void {
        this.#bound = [...this.#bound.map(group => group.filter(stroke => !bound.includes(stroke))), [...bound]].filter(group => group.length > 0);
        this.redrawn(strokes);
        const together = this.#objects.find(({ strokes: own }) => own.includes(bound[0]!));
        if (together) this.choose(together.id);
    }

    /** The object at a place, the smallest of several. */
    at(x: number, y: number): ReadObject | null {
        const under = this.#objects.filter(({ box }) => x >= box.x && y >= box.y && x <= box.x + box.width && y <= box.y + box.height);
        return under.sort((a, b) => a.box.width * a.box.height - b.box.width * b.box.height)[0] ?? null;
    }

    /** All strokes but those of the chosen objects, which are gone. */
    without(strokes: readonly Stroke[]): Stroke[] {
        const gone = new Set(this.chosen.flatMap(object => object.strokes));
        this.#objects = this.#objects.filter(({ id }) => !this.#chosen.has(id));
        this.#chosen.clear();
        return strokes.filter(stroke => !gone.has(stroke));
    }

    hold(strokes: readonly Stroke[]): void {
        this.#held = { objects: this.chosen.map(object => ({ ...object })), strokes };
    }

    /** The held objects moved since they were held, their middles on the canvas. @returns All strokes. */
    pulled(dx: number, dy: number, { width, height }: Extent): Stroke[] {
        const centres = this.#held!.objects.map(({ box }) => centreOf(box));
        const within = (delta: number, places: number[], side: number) => Math.max(Math.min(delta, side - Math.max(...places)), -Math.min(...places));
        const [x, y] = [within(dx, centres.map(([centre]) => centre), width), within(dy, centres.map(([, centre]) => centre), height)];
        return this.#transform(stroke => movedStroke(stroke, x, y), box => ({ ...box, x: box.x + x, y: box.y + y }));
    }

    /** The held objects scaled since they were held, their upper left corner where it was. @returns All strokes. */
    scaled(factor: number, { width, height }: Extent): Stroke[] {
        const boxes = this.#held!.objects.map(({ box }) => box);
        const corner: [number, number] = [Math.min(...boxes.map(({ x }) => x)), Math.min(...boxes.map(({ y }) => y))];
        const side = Math.max(...boxes.map(box => Math.max(box.x + box.width - corner[0], box.y + box.height - corner[1])));
        const by = Math.min(Math.max(factor, smallest / side), Math.max(width, height) / side);
        const along = (value: number, origin: number) => origin + (value - origin) * by;
        return this.#transform(
            stroke => scaledStroke(stroke, by, corner),
            box => ({ x: along(box.x, corner[0]), y: along(box.y, corner[1]), width: box.width * by, height: box.height * by }));
    }

    letGo(): void {
        this.#held = null;
    }

    #transform(changeStroke: (stroke: Stroke) => Stroke, changeBox: (box: Box) => Box): Stroke[] {
        const { objects, strokes } = this.#held!;
        const changed = new Map(objects.flatMap(object => object.strokes.map(stroke => [stroke, changeStroke(stroke)] as const)));
        for (const before of objects) {
            const object = this.#objects.find(({ id }) => id === before.id);
            if (!object) continue;
            object.box = changeBox(before.box);
            object.strokes = before.strokes.map(stroke => changed.get(stroke)!);
            if (object.found) object.found = { ...object.found, box: object.box };
        }

        const moved = this.#bound.filter(group => group.some(stroke => changed.has(stroke))).map(group => group.map(stroke => changed.get(stroke) ?? stroke));
        this.#bound = [...this.#bound.filter(group => group.some(stroke => strokes.includes(stroke))), ...moved];   // undo leads back to the old strokes
        return strokes.map(stroke => changed.get(stroke) ?? stroke);
    }

    #group(found: readonly Found[], strokes: readonly Stroke[], owned: readonly (readonly Stroke[])[] = []): void {
        const grouped = groupStrokes(strokes, found.map(({ box }) => box), this.#bound, owned).map(object => ({ ...object, found: found[object.read] ?? null }));
        this.#objects = follow(this.#objects, grouped, () => this.#next++).sort(byReading);
        for (const id of [...this.#chosen]) if (!this.#objects.some(object => object.id === id)) this.#chosen.delete(id);
    }

    #reread(found: readonly Found[]): void {
        for (const object of this.chosen) {
            const shares = found.map(({ box }) => intersectionOverUnion(box, object.box));
            const nearest = found[shares.indexOf(Math.max(...shares))];
            if (nearest && Math.max(...shares) > 0) object.found = { ...nearest, box: object.box };
        }
    }
}

const byReading = (a: CanvasObject, b: CanvasObject) => (a.read < 0 ? 1e9 : a.read) - (b.read < 0 ? 1e9 : b.read);
