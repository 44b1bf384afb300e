import { AttentionMaps } from '../shared/attention/attention-maps';
import { AttentionView } from '../shared/attention/attention-view';
import { createCrossAttention, type CrossAttention } from '../shared/attention/cross-attention';
import { CrossAttentionMaps } from '../shared/attention/cross-attention-maps';
import { mostWords } from '../shared/attention/look-words';
import { bytesFromBase64 } from '../shared/base64';
import type { Picture } from '../shared/digit-tile';
import type { Answer } from '../shared/predict';
import { everyCell, images } from './sequence-grid';

/** Where a reader looked among the images. */
export interface LookView {
    show(answer: Answer): void;
    /** Nothing to see. */
    clear(): void;
    dispose(): void;
}

/** How the images look at one another: the maps of a chosen one, or of all together. */
export class ImagesLook implements LookView {
    readonly #view: AttentionView;

    constructor(root: HTMLElement) {
        this.#view = new AttentionView(root);
        this.#view.layout(images.length, 1);
    }

    show(answer: Answer): void {
        const picture = pictureOf(answer);
        if (!picture || !answer.attention) return;
        this.#view.setPicture(picture);
        this.#view.show(new AttentionMaps(answer.attention, paddingOf(picture)), answer.weights.step);
    }

    clear(): void {
        this.#view.clear();
    }

    dispose(): void {
        this.#view.dispose();
    }
}

/** How the anchor, the first of the images, looks at the others. */
export class AnchorLook implements LookView {
    readonly #view: CrossAttention;

    constructor(root: HTMLElement) {
        this.#view = createCrossAttention(root, { tokens: false, path: false, patchName: nameOf, words: map => mostWords(map, 'The anchor looks', nameOf) });
        this.#view.layout(everyCell.length, 1);
    }

    show(answer: Answer): void {
        const picture = pictureOf(answer);
        if (!picture || !answer.crossAttention) return;
        const { text, regions } = answer.reading!;
        this.#view.show(new CrossAttentionMaps(answer.crossAttention), [{ text, probability: regions[0]!.probabilities[regions[0]!.predicted]! }], picture);
    }

    clear(): void {
        this.#view.clear();
    }

    dispose(): void {
        this.#view.dispose();
    }
}

const pictureOf = ({ reading, seen }: Answer): Picture | null => reading && seen && { ...seen, pixels: bytesFromBase64(seen.pixels) };

/** The images without ink, of a strip of squares. */
export function paddingOf({ width, height, pixels }: Picture): number[] {
    const inked = new Set<number>();
    pixels.forEach((ink, index) => ink > 0 && inked.add(Math.floor((index % width) / height)));
    return Array.from({ length: width / height }, (_, image) => image).filter(image => !inked.has(image));
}

const nameOf = (patch: number) => (patch === 0 ? 'anchor' : `image ${patch}`);
