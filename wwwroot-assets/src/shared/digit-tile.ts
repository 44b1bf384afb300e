import { el, setText } from './dom';
import { percent } from './format';
import { partsInWords, type ReadPart } from './reading';

/**
 * Pixels as the model sees them: of ink, 0 paper and 255 ink, always ink on paper, whatever the theme; or of a photograph, plane by plane red, green and
 * blue.
 */
export interface Picture {
    width: number;
    height: number;
    /** 3 where there are planes of colour; grey when absent. */
    channels?: number;
    pixels: Uint8Array;
}

/** Paints one canvas pixel per picture pixel; CSS scales it up with `image-rendering: pixelated`. */
export function paintPicture(canvas: HTMLCanvasElement, { width, height, channels = 1, pixels }: Picture): void {
    if (canvas.width !== width) canvas.width = width;
    if (canvas.height !== height) canvas.height = height;
    const image = new ImageData(width, height);
    const plane = width * height;
    const [green, blue] = channels === 3 ? [plane, 2 * plane] : [0, 0];
    for (let index = 0; index < plane; index++) {
        image.data[index * 4] = pixels[index]!;
        image.data[index * 4 + 1] = pixels[green + index]!;
        image.data[index * 4 + 2] = pixels[blue + index]!;
        image.data[index * 4 + 3] = 255;
    }

    canvas.getContext('2d')!.putImageData(image, 0, 0);
}

export interface TileAnswer {
    parts: readonly ReadPart[];
    /** Whether all of it is right; null when nobody knows the truth (a pinned drawing). */
    right: boolean | null;
}

/** A picture with its reading below: ✓ or ✗, what was read (each wrong digit marked), and how sure where it is one digit. */
export class DigitTile {
    readonly element: HTMLElement;
    readonly canvas: HTMLCanvasElement;
    readonly #mark = el('span', { class: 'digit-tile-mark', 'aria-hidden': 'true' });
    readonly #read = el('span', { class: 'digit-tile-read' });
    readonly #sure = el('span', { class: 'digit-tile-sure' });
    readonly #words: HTMLElement;
    readonly #name: string;

    /** @param name What the picture is, e.g. "validation digit 7" or "your drawing". */
    constructor(name: string, tag: 'button' | 'div' = 'div') {
        this.#name = name;
        this.canvas = el('canvas', { class: 'pixelated', width: 28, height: 28, 'aria-hidden': 'true' });
        this.#words = el('span', { class: 'visually-hidden' }, name);
        this.element = el(tag, { class: 'digit-tile', ...(tag === 'button' ? { type: 'button' } : {}) },
            this.canvas, this.#words, el('span', { class: 'digit-tile-answer', 'aria-hidden': 'true' }, this.#mark, this.#read, this.#sure));
    }

    paint(picture: Picture): void {
        paintPicture(this.canvas, picture);
    }

    show({ parts, right }: TileAnswer): void {
        this.element.dataset.right = right === null ? 'unknown' : String(right);
        setText(this.#mark, right === null ? '' : right ? '✓' : '✗');
        this.#write(parts);
        const sure = parts.length === 1 ? percent(parts[0]!.probability, 0) : '';
        setText(this.#sure, sure);
        const verdict = right === null ? '' : right ? ', right' : ', wrong';
        setText(this.#words, `${this.#name}: read as ${partsInWords(parts)}${sure && `, ${sure}`}${verdict}`);
    }

    /** One element a part, made again only when their number changes. */
    #write(parts: readonly ReadPart[]): void {
        if (this.#read.childElementCount !== parts.length) this.#read.replaceChildren(...parts.map(() => el('span')));
        parts.forEach(({ text, right }, index) => {
            const digit = this.#read.children[index] as HTMLElement;
            setText(digit, text);
            digit.dataset.right = String(right ?? 'unknown');
        });
    }
}
