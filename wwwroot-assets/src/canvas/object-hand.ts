import type { StrokeDesk } from '../shared/stroke-desk';
import type { Stroke } from '../shared/stroke-model';
import type { CanvasObjects } from './canvas-objects';

/** A step of an arrow key, in units: a pixel of the model; with Shift ten. */
const step = 10;

/** How much larger + makes what is chosen. */
const growth = 1.08;

/** Ways to change what is held. */
export type Pull = 'move' | 'scale';

/** What a hand does with the chosen objects, by pointer, keys or buttons; each gesture is one undo step. */
export class ObjectHand {
    readonly #desk: StrokeDesk;
    readonly #objects: CanvasObjects;
    readonly #done: () => void;
    #moved = false;
    /** What arrow keys, or + and −, have added up to while they are held down. */
    #keys: { how: Pull; dx: number; dy: number; factor: number } | null = null;

    /** @param done Called when a gesture has ended. */
    constructor(desk: StrokeDesk, objects: CanvasObjects, done: () => void) {
        [this.#desk, this.#objects, this.#done] = [desk, objects, done];
    }

    hold(): void {
        this.#moved = false;
        this.#objects.hold(this.#desk.model.content.strokes);
    }

    move(dx: number, dy: number): void {
        this.#put(this.#objects.pulled(dx, dy, this.#desk.model.extent));
    }

    scale(factor: number): void {
        this.#put(this.#objects.scaled(factor, this.#desk.model.extent));
    }

    letGo(cancelled = false): void {
        const { strokes } = this.#desk.model.content;
        this.#objects.letGo();
        if (this.#moved) this.#desk.amend({ strokes }, false);
        if (this.#moved && cancelled) this.#desk.undo();
        this.#done();
    }

    /** @returns Whether the key moves what is chosen. */
    arrow({ key, shiftKey }: KeyboardEvent): boolean {
        const direction = ({ ArrowLeft: [-1, 0], ArrowRight: [1, 0], ArrowUp: [0, -1], ArrowDown: [0, 1] } as Record<string, [number, number]>)[key];
        if (!direction) return false;
        const keys = this.#press('move');
        keys.dx += direction[0] * step * (shiftKey ? 10 : 1);
        keys.dy += direction[1] * step * (shiftKey ? 10 : 1);
        this.move(keys.dx, keys.dy);
        return true;
    }

    /** @param larger + rather than −. */
    resize(larger: boolean): void {
        const keys = this.#press('scale');
        keys.factor *= larger ? growth : 1 / growth;
        this.scale(keys.factor);
    }

    /** A key was let go: what it added up to is done. */
    release(): void {
        if (!this.#keys) return;
        this.#keys = null;
        this.letGo();
    }

    #press(how: Pull): { dx: number; dy: number; factor: number } {
        if (this.#keys && this.#keys.how !== how) this.release();
        if (!this.#keys) this.hold();
        return (this.#keys ??= { how, dx: 0, dy: 0, factor: 1 });
    }

    #put(strokes: Stroke[]): void {
        if (this.#moved) this.#desk.amend({ strokes }, true);
        else this.#desk.put({ strokes });
        this.#moved = true;
    }
}
