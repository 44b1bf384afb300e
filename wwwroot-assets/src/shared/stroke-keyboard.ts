import { Cleanup } from './control';
import type { StrokeModel } from './stroke-model';

const stride = 8;

/** Drawing without a pointer: with the canvas focused, arrows move a pen and Space sets it down or lifts it. */
export class KeyboardPen {
    readonly #cleanup = new Cleanup();
    readonly #model: StrokeModel;
    readonly #cursor: HTMLElement;
    readonly #changed: (live: boolean, at: number) => void;
    #at: [x: number, y: number];
    #down = false;

    /** @param cursor Element moved to where the pen is. */
    constructor(canvas: HTMLElement, cursor: HTMLElement, model: StrokeModel, changed: (live: boolean, at: number) => void) {
        [this.#model, this.#cursor, this.#changed] = [model, cursor, changed];
        this.#at = [model.extent.width / 2, model.extent.height / 4];
        this.#cleanup.listen(canvas, 'keydown', event => this.#key(event));
        this.#cleanup.listen(canvas, 'blur', () => this.#lift());
        this.#cleanup.listen(canvas, 'pointerdown', () => {
            this.#down = false;
            this.#show(false);
        });
    }

    /** Takes the pen, lifted, to another place; shown there if it is shown at all. */
    moveTo(x: number, y: number): void {
        if (this.#down) this.#model.commit();
        this.#down = false;
        this.#at = [x, y];
        this.#show(!this.#cursor.hidden);
    }

    dispose(): void {
        this.#cleanup.dispose();
    }

    #key(event: KeyboardEvent): void {
        if (event.ctrlKey || event.metaKey || event.altKey) return;
        const move = ({ ArrowLeft: [-1, 0], ArrowRight: [1, 0], ArrowUp: [0, -1], ArrowDown: [0, 1] } as Record<string, [number, number]>)[event.key];
        if (move) {
            const { width, height } = this.#model.extent;
            this.#at = [clamp(this.#at[0] + move[0] * stride, width), clamp(this.#at[1] + move[1] * stride, height)];
            if (this.#down) this.#model.extend(...this.#at);
        } else if (event.key === ' ') {
            this.#down = !this.#down;
            if (this.#down) this.#model.begin(...this.#at);
            else this.#model.commit();
        } else {
            return;
        }

        event.preventDefault();
        this.#show(true);
        this.#changed(this.#down, event.timeStamp);
    }

    #lift(): void {
        if (this.#down) this.#model.commit();
        this.#down = false;
        this.#show(false);
    }

    #show(visible: boolean): void {
        const { width, height } = this.#model.extent;
        this.#cursor.hidden = !visible;
        this.#cursor.classList.toggle('pen-down', this.#down);
        this.#cursor.style.left = `${(this.#at[0] / width) * 100}%`;
        this.#cursor.style.top = `${(this.#at[1] / height) * 100}%`;
    }
}

const clamp = (value: number, end: number) => Math.min(end - stride, Math.max(stride, value));
