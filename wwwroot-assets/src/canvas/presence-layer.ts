import { press } from '../shared/attention/map-tools';
import { bytesFromBase64 } from '../shared/base64';
import type { Box } from '../shared/box';
import { Cleanup } from '../shared/control';
import { part } from '../shared/dom';
import { paintHeatmap } from '../shared/heatmap';
import { recallChoice, rememberChoice } from '../shared/attention/choice-memory';
import type { PresencePayload } from '../shared/reading';
import type { Extent } from '../shared/stroke-model';
import { placeOver } from './place-over';

const memory = 'presence';

/** Over the canvas, switched on and off: how sure the model is of a digit's middle at each patch. */
export class PresenceLayer {
    readonly #canvas: HTMLCanvasElement;
    readonly #switch: HTMLButtonElement;
    readonly #legend: HTMLElement;
    readonly #cleanup = new Cleanup();
    #shown = recallChoice(memory, { shown: false }).shown;

    constructor(root: HTMLElement) {
        this.#canvas = part<HTMLCanvasElement>(root, 'presence');
        this.#switch = part<HTMLButtonElement>(root, 'presence-switch');
        this.#legend = part(root, 'presence-legend');
        this.#cleanup.listen(this.#switch, 'click', this.toggle);
        this.clear();
        this.#render();
    }

    toggle = (): void => {
        this.#shown = !this.#shown;
        rememberChoice(memory, { shown: this.#shown });
        this.#render();
    };

    /** @param box Where the map lies, in units; it may end outside the canvas, at the last patch that is only partly on it. */
    show(presence: PresencePayload, box: Box, extent: Extent): void {
        const values = Float32Array.from(bytesFromBase64(presence.weights), weight => weight / 255);
        paintHeatmap(this.#canvas, { values, width: presence.gridWidth, height: presence.gridHeight }, { maximum: 1, fade: true, opacity: 0.75 });
        placeOver(this.#canvas, box, extent);
    }

    clear(): void {
        this.#canvas.getContext('2d')!.clearRect(0, 0, this.#canvas.width, this.#canvas.height);
    }

    dispose(): void {
        this.#cleanup.dispose();
    }

    #render(): void {
        press(this.#switch, this.#shown);
        this.#canvas.hidden = this.#legend.hidden = !this.#shown;
    }
}
