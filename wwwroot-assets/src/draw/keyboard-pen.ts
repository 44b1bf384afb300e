import { Cleanup } from '../shared/control';
import { canvasUnits, type StrokeModel } from '../shared/stroke-model';

const stride = 8;

/** Drawing without a pointer: with the canvas focused, arrows move a pen and Space sets it down or lifts it. */
export class KeyboardPen {
    readonly #cleanup = new Cleanup();
    #at: [x: number, y: number] = [canvasUnits / 2, canvasUnits / 4];
    #down = false;

    /** @param cursor Element moved to where the pen is. */
    constructor(canvas: HTMLElement, cursor: HTMLElement, model: StrokeModel, changed: (live: boolean) => void) {
        const show = (visible: boolean) => {
            cursor.hidden = !visible;
            cursor.classList.toggle('pen-down', this.#down);
            cursor.style.left = `${(this.#at[0] / canvasUnits) * 100}%`;
            cursor.style.top = `${(this.#at[1] / canvasUnits) * 100}%`;
        };
        this.#cleanup.listen(canvas, 'keydown', event => {
            const moves: Record<string, [number, number]> = { ArrowLeft: [-1, 0], ArrowRight: [1, 0], ArrowUp: [0, -1], ArrowDown: [0, 1] };
            const move = moves[event.key];
            if (move) {
                this.#at = [clamp(this.#at[0] + move[0] * stride), clamp(this.#at[1] + move[1] * stride)];
                if (this.#down) model.extend(...this.#at);
            } else if (event.key === ' ') {
                this.#down = !this.#down;
                if (this.#down) model.begin(...this.#at);
                else model.commit();
            } else {
                return;
            }

            event.preventDefault();
            show(true);
            changed(this.#down);
        });
        this.#cleanup.listen(canvas, 'blur', () => {
            if (this.#down) model.commit();
            this.#down = false;
            show(false);
        });
        this.#cleanup.listen(canvas, 'pointerdown', () => {
            this.#down = false;
            show(false);
        });
    }

    dispose(): void {
        this.#cleanup.dispose();
    }
}

const clamp = (value: number) => Math.min(canvasUnits - stride, Math.max(stride, value));
