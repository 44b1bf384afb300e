import { getJson } from '../shared/api';
import { Cleanup } from '../shared/control';
import { el } from '../shared/dom';
import { followDrag } from '../shared/drag';
import type { Drawing } from '../shared/stroke-model';

/** Digits as people might write them, put on the canvas by a click, or at a place by a drag. */
export class SampleDigits {
    readonly #root: HTMLElement;
    readonly #paper: HTMLElement;
    readonly #put: (digit: Drawing, share: [x: number, y: number] | null) => void;
    readonly #failed: (error: unknown) => void;
    readonly #cleanup = new Cleanup();

    /**
     * @param root Holds buttons marked `data-example`, empty for a random digit.
     * @param put Told where on the paper, 0 … 1 of its width and height; null for anywhere.
     */
    constructor(root: HTMLElement, paper: HTMLElement, put: (digit: Drawing, share: [x: number, y: number] | null) => void, failed: (error: unknown) => void) {
        [this.#root, this.#paper, this.#put, this.#failed] = [root, paper, put, failed];
        for (const button of root.querySelectorAll<HTMLButtonElement>('[data-example]')) {
            const digit = () => (button.dataset['example'] === '' ? randomDigit() : Number(button.dataset['example']));
            this.#cleanup.listen(button, 'click', event => event.detail === 0 && void this.fetch(digit(), null));   // by keyboard; a pointer's press says it itself
            this.#cleanup.listen(button, 'pointerdown', event => this.#press(button, event, digit()));
        }
    }

    async fetch(digit: number, share: [x: number, y: number] | null): Promise<void> {
        try {
            this.#put(await getJson<Drawing>(`/api/pen-digits/${digit}`), share);
        } catch (error) {
            this.#failed(error);
        }
    }

    dispose(): void {
        this.#cleanup.dispose();
    }

    #press(button: HTMLElement, down: PointerEvent, digit: number): void {
        const ghost = el('span', { class: 'sample-ghost', 'aria-hidden': 'true' }, String(digit));
        followDrag(button, down, {
            begin: () => this.#root.append(ghost),
            move: (_dx, _dy, { clientX, clientY }) => {
                ghost.style.translate = `${clientX}px ${clientY}px`;
                this.#paper.classList.toggle('drop-ready', this.#share(clientX, clientY) !== null);
            },
            drop: ({ clientX, clientY }) => {
                this.#end(ghost);
                const share = this.#share(clientX, clientY);
                if (share) void this.fetch(digit, share);
            },
            click: () => void this.fetch(digit, null),
            cancel: () => this.#end(ghost),
        });
    }

    #end(ghost: HTMLElement): void {
        ghost.remove();
        this.#paper.classList.remove('drop-ready');
    }

    #share(x: number, y: number): [x: number, y: number] | null {
        const { left, top, width, height } = this.#paper.getBoundingClientRect();
        const [across, down] = [(x - left) / width, (y - top) / height];
        return across >= 0 && across <= 1 && down >= 0 && down <= 1 ? [across, down] : null;
    }
}

export const randomDigit = (): number => Math.floor(Math.random() * 10);
