import { token } from '../colors';
import { Cleanup } from '../control';
import { paintPicture, type Picture } from '../digit-tile';
import { el } from '../dom';
import { cellAt, type Grid, paintHeatmap, paintPatchGrid } from '../heatmap';
import { onThemeChange } from '../theme';

/** A map of one value per patch, and the value at the upper end of its colours. */
export interface PatchMap extends Grid {
    values: Float32Array;
    end: number;
}

/** How every map is laid over a picture, large or small: light on dark paper, so that nothing looked at leaves the ink as it is. */
export function paintOver(canvas: HTMLCanvasElement, map: PatchMap, opacity = 1): void {
    paintHeatmap(canvas, map, { maximum: map.end, opacity, fade: true });
}

/** A picture as the model sees it, a map over it, and the lines between its patches; one patch may be framed. */
export class PictureMap {
    readonly #stage: HTMLElement;
    readonly #picture = el('canvas', { class: 'pixelated', width: 28, height: 28, 'data-part': 'map-picture', 'aria-hidden': 'true' });
    readonly #heat = el('canvas', { class: 'pixelated heat-layer', width: 1, height: 1, 'data-part': 'map-heat', 'aria-hidden': 'true' });
    readonly #lines = el('canvas', { class: 'grid-layer', 'data-part': 'map-lines', 'aria-hidden': 'true' });
    readonly #cleanup = new Cleanup();
    #columns = 4;
    #rows = 4;
    #framed = -1;

    /** @param stage The element to fill; a `picture-stack`. */
    constructor(stage: HTMLElement) {
        this.#stage = stage;
        stage.replaceChildren(this.#picture, this.#heat, this.#lines);
        this.#cleanup.add(onThemeChange(() => this.#paintLines()));
        const observer = new ResizeObserver(() => this.#paintLines());
        observer.observe(stage);
        this.#cleanup.add(() => observer.disconnect());
    }

    /** The canvas of the picture, for who paints it otherwise. */
    get picture(): HTMLCanvasElement {
        return this.#picture;
    }

    setPicture(picture: Picture): void {
        this.#stage.style.setProperty('--picture-ratio', String(picture.width / picture.height));
        paintPicture(this.#picture, picture);
    }

    /** @param opacity 0 … 1 of the map over the picture. */
    paint(map: PatchMap, { opacity = 1, smooth = false }: { opacity?: number; smooth?: boolean } = {}): void {
        this.#heat.classList.toggle('pixelated', !smooth);
        paintOver(this.#heat, map, opacity);
        this.layout(map.width, map.height);
    }

    /** The patch grid; also before there is a map. */
    layout(columns: number, rows: number): void {
        if (columns === this.#columns && rows === this.#rows) return;
        [this.#columns, this.#rows] = [columns, rows];
        this.#stage.classList.toggle('of-strip', rows === 1);
        this.#paintLines();
    }

    /** Frames a patch, row by row; −1 for none. */
    frame(patch: number): void {
        if (patch === this.#framed) return;
        this.#framed = patch;
        this.#paintLines();
    }

    /** Blank paper, no map. */
    clear(): void {
        for (const canvas of [this.#picture, this.#heat]) canvas.getContext('2d')!.clearRect(0, 0, canvas.width, canvas.height);
        this.frame(-1);
    }

    /** The patch under a pointer, row by row, or −1. */
    patchAt(event: MouseEvent): number {
        return cellAt(this.#stage, event, this.#columns, this.#rows);
    }

    dispose(): void {
        this.#cleanup.dispose();
    }

    #paintLines(): void {
        paintPatchGrid(this.#lines, this.#columns, this.#rows, token('--patch-line'), this.#framed, token('--query'));
    }
}
