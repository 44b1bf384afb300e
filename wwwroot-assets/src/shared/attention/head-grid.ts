import { paintPicture, type Picture } from '../digit-tile';
import { el } from '../dom';
import { roving } from '../roving';
import { type PatchMap, paintOver } from './picture-map';

interface Thumbnail {
    layer: number;
    head: number;
    button: HTMLButtonElement;
    picture: HTMLCanvasElement;
    heat: HTMLCanvasElement;
}

/**
 * One small map for each head of each layer, layers downward, and a last column for all heads of a layer together. Arrow keys move among
 * them. A frame costs one tiny image a thumbnail; the browser scales it.
 */
export class HeadGrid {
    readonly #host: HTMLElement;
    readonly #choose: (layer: number, head: number) => void;
    #thumbnails: Thumbnail[] = [];
    #picture: Picture | null = null;
    #shape = '';
    #endRoving = () => {};

    /** @param choose Called with layer and head, −1 for all heads together. */
    constructor(host: HTMLElement, choose: (layer: number, head: number) => void) {
        [this.#host, this.#choose] = [host, choose];
        host.classList.add('head-grid');
        host.setAttribute('role', 'group');
        host.setAttribute('aria-label', 'Every layer and head');
    }

    setPicture(picture: Picture): void {
        this.#picture = picture;
        this.#host.style.setProperty('--picture-ratio', String(picture.width / picture.height));
        for (const thumbnail of this.#thumbnails) paintPicture(thumbnail.picture, picture);
    }

    /** @param chosen The layer and head whose map is the large one; other numbers for none of them. */
    paint(shape: { layers: number; heads: number }, chosen: { layer: number; head: number }, map: (layer: number, head: number) => PatchMap): void {
        this.#build(shape);
        for (const { layer, head, heat, button } of this.#thumbnails) {
            paintOver(heat, map(layer, head));
            const pressed = String(layer === chosen.layer && head === chosen.head);
            if (button.getAttribute('aria-pressed') !== pressed) button.setAttribute('aria-pressed', pressed);
        }
    }

    /** Dark thumbnails, until there is something to see again. */
    clear(): void {
        this.#picture = null;
        for (const { picture, heat } of this.#thumbnails) for (const canvas of [picture, heat]) canvas.getContext('2d')!.clearRect(0, 0, canvas.width, canvas.height);
    }

    dispose(): void {
        this.#endRoving();
    }

    /** Once for a model: the buttons stay the same elements from frame to frame. */
    #build({ layers, heads }: { layers: number; heads: number }): void {
        const shape = `${layers} ${heads}`;
        if (shape === this.#shape) return;
        this.#shape = shape;
        this.#thumbnails = [];
        const name = (text: string) => el('span', { class: 'head-name', 'aria-hidden': 'true' }, text);
        const cells: HTMLElement[] = [name('head'), ...Array.from({ length: heads }, (_, head) => name(String(head + 1))), name('all')];
        for (let layer = 0; layer < layers; layer++) {
            cells.push(el('span', { class: 'layer-name', 'aria-hidden': 'true' }, `layer ${layer + 1}`));
            for (let head = 0; head <= heads; head++) cells.push(this.#thumbnail(layer, head === heads ? -1 : head));
        }
        this.#host.style.setProperty('--heads', String(heads));
        this.#host.replaceChildren(...cells);
        this.#endRoving();
        this.#endRoving = roving(this.#host, () => heads + 1);
        if (this.#picture) this.setPicture(this.#picture);
    }

    #thumbnail(layer: number, head: number): HTMLButtonElement {
        const picture = el('canvas', { class: 'pixelated', 'aria-hidden': 'true' });
        const heat = el('canvas', { class: 'pixelated heat-layer', width: 1, height: 1, 'aria-hidden': 'true' });
        const name = `Layer ${layer + 1}, ${head < 0 ? 'all heads' : `head ${head + 1}`}`;
        const button = el('button', { type: 'button', class: 'head-map', 'aria-label': name, title: name, 'aria-pressed': 'false', 'data-head': `${layer}-${head}` }, picture, heat);
        button.addEventListener('click', () => this.#choose(layer, head));
        this.#thumbnails.push({ layer, head, button, picture, heat });
        return button;
    }
}
