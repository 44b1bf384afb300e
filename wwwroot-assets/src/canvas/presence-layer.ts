import { press } from '../shared/attention/map-tools';
import { bytesFromBase64 } from '../shared/base64';
import { Cleanup } from '../shared/control';
import { part } from '../shared/dom';
import { paintHeatmap } from '../shared/heatmap';
import { recallChoice, rememberChoice } from '../shared/attention/choice-memory';
import type { PresencePayload } from '../shared/reading';

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

    /**
     * @param presence Null where the model says nothing of it.
     * @param width Of the map's grid as a share of the canvas, which may be a little more than all of it; height likewise.
     */
    show(presence: PresencePayload | null | undefined, { width, height }: { width: number; height: number }): void {
        if (!presence) return this.clear();
        const values = Float32Array.from(bytesFromBase64(presence.weights), weight => weight / 255);
        paintHeatmap(this.#canvas, { values, width: presence.gridWidth, height: presence.gridHeight }, { maximum: 1, fade: true, opacity: 0.75 });
        [this.#canvas.style.width, this.#canvas.style.height] = [`${width * 100}%`, `${height * 100}%`];
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
