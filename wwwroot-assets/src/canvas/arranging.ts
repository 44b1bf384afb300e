import type { Picture } from '../shared/digit-tile';
import type { StrokeDesk } from '../shared/stroke-desk';
import { cellUnits, type Drawing, type Extent, type Stroke } from '../shared/stroke-model';
import type { CanvasObjects } from './canvas-objects';
import { isOutside, placedAt, placedFreely } from './free-place';
import { boundsOf } from './stroke-geometry';

export interface Paper {
    /** How long the sides of the canvas may be, in units. */
    limits: { shortest: number; longest: number; usual: number };
    /** Units of a drawing to one pixel of the model's picture. */
    unitsPerPixel: number;
}

/** Puts things on the canvas and brings them where there is room; each time one undo step. */
export class Arranging {
    readonly #desk: StrokeDesk;
    readonly #objects: CanvasObjects;
    readonly #paper: Paper;
    readonly #done: () => void;

    /** @param done Called when something was done that makes answers on their way out of date. */
    constructor(desk: StrokeDesk, objects: CanvasObjects, paper: Paper, done: () => void) {
        [this.#desk, this.#objects, this.#paper, this.#done] = [desk, objects, paper, done];
    }

    /** @param share Where its middle comes to lie, 0 … 1 of the canvas's width and height; null for where there is room. */
    put({ strokes }: Drawing, share: readonly [x: number, y: number] | null): void {
        const { extent } = this.#desk.model;
        const placed = share ? placedAt(strokes, share[0] * extent.width, share[1] * extent.height) : placedFreely(strokes, extent, this.#objects.all.map(({ box }) => box));
        this.#desk.play(placed, before => before, 500);
    }

    /** A single digit goes where there is room, another free canvas takes the place of this one. @returns False for other drawings. */
    bring(drawing: Drawing): boolean {
        const { width, height, strokes } = drawing;
        const allowed = (side: number) => side >= this.#paper.limits.shortest && side <= this.#paper.limits.longest;
        if (width === cellUnits && height === cellUnits) this.put(drawing, null);
        else if (allowed(width) && allowed(height)) this.#replace({ width, height }, { strokes });
        else return false;
        return true;
    }

    putScene(scene: Picture): void {
        const { unitsPerPixel } = this.#paper;
        this.#replace({ width: scene.width * unitsPerPixel, height: scene.height * unitsPerPixel }, { picture: scene });
        this.#desk.say('The scene is a picture: it can be read, but not taken apart. Undo brings your drawing back.');
    }

    /** Strokes stay where they are. */
    resize(extent: Extent): void {
        this.#desk.resize(extent);
        this.#done();
    }

    /** Everything that lies outside, object by object, to where there is room. */
    bringIn(): void {
        const { extent, content } = this.#desk.model;
        const occupied = this.#objects.all.filter(({ box }) => !isOutside(box, extent)).map(({ box }) => box);
        const moved = new Map<Stroke, Stroke>();
        for (const { strokes } of this.#objects.all.filter(({ box }) => isOutside(box, extent))) {
            const placed = placedFreely(strokes, extent, occupied);
            strokes.forEach((stroke, index) => moved.set(stroke, placed[index]!));
            occupied.push(boundsOf(placed));
        }

        this.#desk.put({ strokes: content.strokes.map(stroke => moved.get(stroke) ?? stroke) });
        this.#done();
    }

    delete(): void {
        this.#desk.put({ strokes: this.#objects.without(this.#desk.model.content.strokes) });
        this.#done();
    }

    #replace(extent: Extent, content: { strokes: readonly Stroke[] } | { picture: Picture }): void {
        this.#objects.clear();
        this.#desk.model.resize(extent);
        this.#desk.put(content);
        this.#done();
    }
}
