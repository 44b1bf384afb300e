import { getJson } from '../shared/api';
import { bytesFromBase64 } from '../shared/base64';
import type { Box } from '../shared/box';
import { Cleanup } from '../shared/control';
import { paintPicture, type Picture } from '../shared/digit-tile';
import { el, part, setText } from '../shared/dom';
import { LatestWins } from '../shared/latest-wins';
import { failureText } from '../shared/predict';
import { readingWords } from './canvas-words';
import { placeOver } from './place-over';

interface ScenePayload {
    width: number;
    height: number;
    pixels: string;
    /** In reading order. */
    digits: { label: number; box: Box }[];
}

/** Settings of which the first may not exceed the second. */
const pairs = [['fewestDigits', 'mostDigits'], ['smallestInk', 'largestInk']] as const;

/** A live preview of scenes that models of free paper learn from. */
export class ScenePanel {
    readonly #root: HTMLDetailsElement;
    readonly #sliders: Map<string, HTMLInputElement>;
    readonly #seed: HTMLInputElement;
    readonly #requests: LatestWins<string, ScenePayload>;
    readonly #cleanup = new Cleanup();
    #scene: Picture | null = null;

    /** @param put Takes the scene onto the canvas. */
    constructor(root: HTMLDetailsElement, put: (scene: Picture) => void) {
        this.#root = root;
        this.#sliders = new Map([...root.querySelectorAll<HTMLInputElement>('[data-setting]')].map(slider => [slider.dataset['setting']!, slider]));
        this.#seed = part<HTMLInputElement>(root, 'scene-seed');
        this.#requests = new LatestWins((question, signal) => getJson<ScenePayload>(`/api/scenes?${question}`, signal), scene => this.#show(scene), error => this.#say(failureText(error)));
        this.#cleanup.add(() => this.#requests.reset());
        for (const [key, slider] of this.#sliders) {
            this.#cleanup.listen(slider, 'input', () => {
                this.#keepOrder(key);
                this.#ask();
            });
        }

        this.#cleanup.listen(this.#seed, 'input', () => this.#seed.checkValidity() && this.#ask());
        this.#cleanup.listen(part(root, 'scene-another'), 'click', () => {
            this.#seed.value = String(Math.floor(Math.random() * 2 ** 31));
            this.#ask();
        });
        this.#cleanup.listen(root, 'toggle', () => root.open && !this.#scene && this.#ask());
        this.#cleanup.listen(part(root, 'scene-put'), 'click', () => this.#scene && put(this.#scene));
        this.#writeValues();
    }

    dispose(): void {
        this.#cleanup.dispose();
    }

    /** Takes the other setting of a pair along. */
    #keepOrder(key: string): void {
        for (const [low, high] of pairs) {
            const [least, most] = [this.#sliders.get(low)!, this.#sliders.get(high)!];
            if (Number(least.value) <= Number(most.value)) continue;
            if (key === low) most.value = least.value;
            else least.value = most.value;
        }
    }

    #ask(): void {
        this.#writeValues();
        const settings = [...this.#sliders].map(([key, { value }]) => [key, value]);
        this.#requests.ask(new URLSearchParams([...settings, ['seed', this.#seed.value || '0']] as string[][]).toString());
    }

    #writeValues(): void {
        for (const slider of this.#sliders.values()) setText(slider.parentElement!.querySelector('output')!, valueText(Number(slider.value), slider.dataset['unit']!));
    }

    #show({ width, height, pixels, digits }: ScenePayload): void {
        this.#scene = { width, height, pixels: bytesFromBase64(pixels) };
        paintPicture(part<HTMLCanvasElement>(this.#root, 'scene-canvas'), this.#scene);
        part(this.#root, 'scene-picture').style.setProperty('--picture-ratio', String(width / height));
        part(this.#root, 'scene-boxes').replaceChildren(...digits.map(({ label, box }) => {
            const frame = el('span', { class: 'scene-box', style: `--digit: var(--digit-${label})` }, el('span', {}, String(label)));
            placeOver(frame, box, { width, height });
            return frame;
        }));
        part<HTMLButtonElement>(this.#root, 'scene-put').disabled = false;
        this.#say(`${width} × ${height} px. ${readingWords(digits.map(({ label }) => label), digits.length > 0)}`);
    }

    #say(words: string): void {
        setText(part(this.#root, 'scene-words'), words);
    }
}

/** "6 digits", "1 digit", "48 px", "30 %" of 0.3. */
export function valueText(value: number, unit: string): string {
    if (unit === '%') return `${Math.round(value * 100)} %`;
    return `${value} ${value === 1 ? unit.replace(/s$/, '') : unit}`;
}
