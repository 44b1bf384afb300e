import { Cleanup } from '../shared/control';
import { part, setText } from '../shared/dom';
import { press } from '../shared/attention/map-tools';
import type { Extent } from '../shared/stroke-model';

/** Sliders for the sides of the canvas, in pixels of the model, and chips for square ones. */
export class SizeControl {
    readonly #root: HTMLElement;
    readonly #width: HTMLInputElement;
    readonly #height: HTMLInputElement;
    readonly #presets: HTMLButtonElement[];
    readonly #unitsPerPixel: number;
    readonly #cleanup = new Cleanup();

    /** @param chosen Told the new size, in units. */
    constructor(root: HTMLElement, unitsPerPixel: number, chosen: (extent: Extent) => void) {
        [this.#root, this.#unitsPerPixel] = [root, unitsPerPixel];
        [this.#width, this.#height] = [part<HTMLInputElement>(root, 'width'), part<HTMLInputElement>(root, 'height')];
        this.#presets = [...root.querySelectorAll<HTMLButtonElement>('[data-side]')];
        const tell = (width: number, height: number) => chosen({ width: width * unitsPerPixel, height: height * unitsPerPixel });
        for (const slider of [this.#width, this.#height]) this.#cleanup.listen(slider, 'input', () => tell(Number(this.#width.value), Number(this.#height.value)));
        for (const preset of this.#presets) this.#cleanup.listen(preset, 'click', () => tell(sideOf(preset), sideOf(preset)));
    }

    show(extent: Extent): void {
        const [width, height] = [extent.width / this.#unitsPerPixel, extent.height / this.#unitsPerPixel];
        for (const [name, slider, side] of [['width', this.#width, width], ['height', this.#height, height]] as const) {
            if (slider.value !== String(side)) slider.value = String(side);
            slider.setAttribute('aria-valuetext', `${side} pixels`);
            setText(part(this.#root, `${name}-value`), `${side} px`);
        }

        for (const preset of this.#presets) press(preset, width === height && sideOf(preset) === width);
    }

    dispose(): void {
        this.#cleanup.dispose();
    }
}

const sideOf = (preset: HTMLElement) => Number(preset.dataset['side']);
