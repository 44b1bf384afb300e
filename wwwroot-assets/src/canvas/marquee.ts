import type { Box } from '../shared/box';
import { Cleanup } from '../shared/control';
import { followDrag } from '../shared/drag';
import type { Extent } from '../shared/stroke-model';
import { placeOver } from './place-over';

export interface MarqueeEvents {
    /** @param box In units. */
    enclosed(box: Box): void;
    clicked(x: number, y: number, event: PointerEvent): void;
}

/** With Shift held, a drag over the canvas encloses strokes instead of drawing. */
export class Marquee {
    readonly #canvas: HTMLElement;
    readonly #frame: HTMLElement;
    readonly #extent: () => Extent;
    readonly #events: MarqueeEvents;
    readonly #cleanup = new Cleanup();

    /** @param frame Shown where the drag encloses. */
    constructor(canvas: HTMLElement, frame: HTMLElement, extent: () => Extent, events: MarqueeEvents) {
        [this.#canvas, this.#frame, this.#extent, this.#events] = [canvas, frame, extent, events];
        // In the capture phase of the parent, before the canvas hears it and draws.
        this.#cleanup.listen(canvas.parentElement!, 'pointerdown', event => this.#down(event), { capture: true });
    }

    dispose(): void {
        this.#cleanup.dispose();
    }

    #down(down: PointerEvent): void {
        if (!down.shiftKey || down.target !== this.#canvas) return;
        down.stopPropagation();
        down.preventDefault();
        const from = this.#place(down);
        let box: Box | null = null;
        const end = () => (this.#frame.hidden = true);
        followDrag(this.#canvas, down, {
            begin: () => (this.#frame.hidden = false),
            move: (_dx, _dy, event) => {
                box = between(from, this.#place(event));
                placeOver(this.#frame, box, this.#extent());
            },
            drop: () => {
                end();
                if (box) this.#events.enclosed(box);
            },
            click: event => this.#events.clicked(...from, event),
            cancel: end,
        });
    }

    #place({ clientX, clientY }: PointerEvent): [x: number, y: number] {
        const { left, top, width, height } = this.#canvas.getBoundingClientRect();
        const extent = this.#extent();
        return [((clientX - left) / width) * extent.width, ((clientY - top) / height) * extent.height];
    }
}

const between = ([x0, y0]: readonly [number, number], [x1, y1]: readonly [number, number]): Box =>
    ({ x: Math.min(x0, x1), y: Math.min(y0, y1), width: Math.abs(x1 - x0), height: Math.abs(y1 - y0) });
