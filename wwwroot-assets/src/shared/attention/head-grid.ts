import { token } from '../colors';
import { Cleanup } from '../control';
import { paintPicture, type Picture } from '../digit-tile';
import { el } from '../dom';
import { heatmapPixels } from '../heatmap';
import { roving } from '../roving';
import { onThemeChange } from '../theme';
import { keepRatio, lighten, overPicture, type PatchMap } from './picture-map';

interface Thumbnail {
    layer: number;
    head: number;
    button: HTMLButtonElement;
    /** Inside its border, in pixels of the page from the corner of the grid. */
    box: Box;
}

interface Box {
    x: number;
    y: number;
    width: number;
    height: number;
}

const nowhere: Box = { x: 0, y: 0, width: 0, height: 0 };

/** How much of the picture's light is left below a small map. */
const pictureShare = 0.55;

/**
 * One small map for each head of each layer, layers downward, and a last column for all heads of a layer together. Arrow keys move among
 * them. All of them are painted on one canvas over the buttons: with a canvas each, composing the page costs more than computing the maps.
 */
export class HeadGrid {
    readonly #host: HTMLElement;
    readonly #choose: (layer: number, head: number) => void;
    readonly #canvas = el('canvas', { class: 'head-maps', 'aria-hidden': 'true' });
    /** The picture, a pixel each. */
    readonly #ink = el('canvas', { width: 1, height: 1 });
    /** The maps side by side as in the grid, a pixel a patch. */
    readonly #heat = el('canvas', { width: 1, height: 1 });
    readonly #cleanup = new Cleanup();
    #thumbnails: Thumbnail[] = [];
    #columns = 0;
    #shape = '';
    #isBlank = true;
    /** Pixels of the canvas to one of the page. */
    #scale = 1;
    #paper = token('--paper');
    #endRoving = () => {};

    /** @param choose Called with layer and head, −1 for all heads together. */
    constructor(host: HTMLElement, choose: (layer: number, head: number) => void) {
        [this.#host, this.#choose] = [host, choose];
        host.classList.add('head-grid');
        host.setAttribute('role', 'group');
        host.setAttribute('aria-label', 'Every layer and head');
        const observer = new ResizeObserver(() => this.#measure());
        observer.observe(host);
        this.#cleanup.add(() => observer.disconnect());
        this.#cleanup.add(onThemeChange(() => {
            this.#paper = token('--paper');
            this.#compose();
        }));
        this.#cleanup.add(() => this.#endRoving());
    }

    setPicture(picture: Picture): void {
        keepRatio(this.#host, picture);
        paintPicture(this.#ink, picture);
        this.#isBlank = false;
    }

    /** @param chosen The layer and head whose map is the large one; other numbers for none of them. */
    paint(shape: { layers: number; heads: number }, chosen: { layer: number; head: number }, map: (layer: number, head: number) => PatchMap): void {
        this.#build(shape);
        const maps = this.#thumbnails.map(({ layer, head }) => map(layer, head));
        this.#paintHeat(maps);
        for (const { layer, head, button } of this.#thumbnails) {
            const pressed = String(layer === chosen.layer && head === chosen.head);
            if (button.getAttribute('aria-pressed') !== pressed) button.setAttribute('aria-pressed', pressed);
        }

        this.#compose();
    }

    /** Dark thumbnails, until there is something to see again. */
    clear(): void {
        this.#isBlank = true;
        this.#compose();
    }

    dispose(): void {
        this.#cleanup.dispose();
    }

    /** Once for a model: the buttons stay the same elements from frame to frame. */
    #build({ layers, heads }: { layers: number; heads: number }): void {
        const shape = `${layers} ${heads}`;
        if (shape === this.#shape) return;
        [this.#shape, this.#columns, this.#thumbnails] = [shape, heads + 1, []];
        const name = (text: string) => el('span', { class: 'head-name', 'aria-hidden': 'true' }, text);
        const cells: HTMLElement[] = [name('head'), ...Array.from({ length: heads }, (_, head) => name(String(head + 1))), name('all')];
        for (let layer = 0; layer < layers; layer++) {
            cells.push(el('span', { class: 'layer-name', 'aria-hidden': 'true' }, `layer ${layer + 1}`));
            for (let head = 0; head <= heads; head++) cells.push(this.#thumbnail(layer, head === heads ? -1 : head));
        }
        this.#host.style.setProperty('--heads', String(heads));
        this.#host.replaceChildren(...cells, this.#canvas);
        this.#endRoving();
        this.#endRoving = roving(this.#host, () => heads + 1);
        this.#measure();
    }

    #thumbnail(layer: number, head: number): HTMLButtonElement {
        const name = `Layer ${layer + 1}, ${head < 0 ? 'all heads' : `head ${head + 1}`}`;
        const button = el('button', { type: 'button', class: 'head-map', 'aria-label': name, title: name, 'aria-pressed': 'false', 'data-head': `${layer}-${head}` });
        button.addEventListener('click', () => this.#choose(layer, head));
        this.#thumbnails.push({ layer, head, button, box: nowhere });
        return button;
    }

    /** Where the buttons lie, whenever their places may have changed. */
    #measure(): void {
        for (const thumbnail of this.#thumbnails) {
            const { offsetLeft, offsetTop, clientLeft, clientTop, clientWidth, clientHeight } = thumbnail.button;
            thumbnail.box = { x: offsetLeft + clientLeft, y: offsetTop + clientTop, width: clientWidth, height: clientHeight };
        }

        this.#scale = Math.max(1, devicePixelRatio);
        [this.#canvas.width, this.#canvas.height] = [this.#host.clientWidth, this.#host.clientHeight].map(length => Math.round(length * this.#scale)) as [number, number];
        this.#compose();
    }

    #paintHeat(maps: readonly PatchMap[]): void {
        const { width, height } = maps[0]!;
        const [wide, high] = [this.#columns * width, (maps.length / this.#columns) * height];
        if (this.#heat.width !== wide) this.#heat.width = wide;
        if (this.#heat.height !== high) this.#heat.height = high;
        const context = this.#heat.getContext('2d')!;
        maps.forEach((map, index) => {
            context.putImageData(new ImageData(heatmapPixels(map, overPicture(map)), width, height), (index % this.#columns) * width, Math.floor(index / this.#columns) * height);
        });
    }

    #compose(): void {
        const [canvas, ink, heat] = [this.#canvas, this.#ink, this.#heat];
        if (canvas.width === 0 || canvas.height === 0) return;
        const context = canvas.getContext('2d')!;
        context.setTransform(1, 0, 0, 1, 0, 0);
        context.clearRect(0, 0, canvas.width, canvas.height);
        if (this.#isBlank) return;
        context.setTransform(this.#scale, 0, 0, this.#scale, 0, 0);
        context.imageSmoothingEnabled = false;
        context.fillStyle = this.#paper;
        const [width, height] = [heat.width / this.#columns, heat.height / (this.#thumbnails.length / this.#columns)];
        this.#thumbnails.forEach(({ box }, index) => {
            const place = [box.x, box.y, box.width, box.height] as const;
            context.fillRect(...place);
            context.globalAlpha = pictureShare;
            context.drawImage(ink, ...place);
            context.globalAlpha = 1;
            lighten(context, () => context.drawImage(heat, (index % this.#columns) * width, Math.floor(index / this.#columns) * height, width, height, ...place));
        });
    }
}
