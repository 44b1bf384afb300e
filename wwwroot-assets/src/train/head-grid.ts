import type { AttentionMaps } from '../shared/attention';
import { paintPicture, type Picture } from '../shared/digit-tile';
import { el } from '../shared/dom';
import { paintHeatmap } from '../shared/heatmap';
import { roving } from '../shared/roving';
import { type AttentionChoice, mapOf, scaleEnd } from './attention-choice';

interface Thumbnail {
    layer: number;
    head: number;
    button: HTMLButtonElement;
    picture: HTMLCanvasElement;
    heat: HTMLCanvasElement;
}

/**
 * One small map for each head of each layer, layers downward, and a last column for all heads of a layer together. A frame costs one
 * tiny image a thumbnail; the browser scales it.
 */
export class HeadGrid {
    private thumbnails: Thumbnail[] = [];
    private picture: Picture | null = null;
    private shape = '';
    private endRoving = () => {};

    constructor(private readonly host: HTMLElement, private readonly choose: (layer: number, head: number) => void) {}

    setPicture(picture: Picture): void {
        this.picture = picture;
        for (const thumbnail of this.thumbnails) {
            paintPicture(thumbnail.picture, picture);
        }
    }

    paint(maps: AttentionMaps, choice: AttentionChoice): void {
        this.build(maps);
        for (const { layer, head, heat, button } of this.thumbnails) {
            const values = mapOf(maps, choice, layer, head);
            paintHeatmap(heat, { values, width: maps.gridWidth, height: maps.gridHeight }, { maximum: scaleEnd(maps, choice, values) });
            const chosen = String(layer === choice.layer && head === choice.head);
            if (button.getAttribute('aria-pressed') !== chosen) {
                button.setAttribute('aria-pressed', chosen);
            }
        }
        this.host.dataset['method'] = choice.method;
    }

    /** Once for a model: the buttons stay the same elements from frame to frame. */
    private build(maps: AttentionMaps): void {
        const shape = `${maps.layers} ${maps.heads}`;
        if (shape === this.shape) {
            return;
        }
        this.shape = shape;
        this.thumbnails = [];
        const cells: HTMLElement[] = [el('span', { class: 'head-corner' })];
        for (let head = 0; head < maps.heads; head++) {
            cells.push(el('span', { class: 'head-name', 'aria-hidden': 'true' }, `head ${head + 1}`));
        }
        cells.push(el('span', { class: 'head-name all', 'aria-hidden': 'true' }, 'all'));
        for (let layer = 0; layer < maps.layers; layer++) {
            cells.push(el('span', { class: 'layer-name', 'aria-hidden': 'true' }, `layer ${layer + 1}`));
            for (let head = 0; head <= maps.heads; head++) {
                cells.push(this.thumbnail(layer, head === maps.heads ? -1 : head));
            }
        }
        this.host.style.setProperty('--heads', String(maps.heads));
        this.host.replaceChildren(...cells);
        this.endRoving();
        this.endRoving = roving(this.host, () => maps.heads + 1);
        if (this.picture !== null) {
            this.setPicture(this.picture);
        }
    }

    private thumbnail(layer: number, head: number): HTMLElement {
        const picture = el('canvas', { class: 'pixelated' });
        const heat = el('canvas', { class: 'pixelated' });
        const name = `Layer ${layer + 1}, ${head < 0 ? 'all heads' : `head ${head + 1}`}`;
        const button = el('button', { type: 'button', class: head < 0 ? 'head-map all' : 'head-map', 'aria-label': name, title: name, 'data-head': `${layer}-${head}` }, picture, heat);
        button.addEventListener('click', () => this.choose(layer, head));
        this.thumbnails.push({ layer, head, button, picture, heat });
        return button;
    }
}
