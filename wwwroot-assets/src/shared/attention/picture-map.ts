import { token } from '../colors';
import { Cleanup } from '../control';
import { paintPicture, type Picture } from '../digit-tile';
import { el } from '../dom';
import { cellAt, type Grid, type HeatmapStyle, paintHeatmap, paintPatchGrid } from '../heatmap';
import { onThemeChange } from '../theme';

/** A map of one value per patch, and the value at the upper end of its colours. */
export interface PatchMap extends Grid {
    values: Float32Array;
    end: number;
}

/** How every map is laid over a picture, large or small: light on dark paper, so that nothing looked at leaves the ink as it is. */
export const overPicture = ({ end }: PatchMap, opacity = 1): HeatmapStyle => ({ maximum: end, opacity, fade: true });

/** Tells the styles the picture's shape, and only when it is another one: whoever sets a style makes the browser look for what follows from it. */
export function keepRatio(element: HTMLElement, { width, height }: Picture): void {
    const ratio = String(width / height);
    if (element.style.getPropertyValue('--picture-ratio') !== ratio) element.style.setProperty('--picture-ratio', ratio);
}

/** Light over what is painted: how a map lies over its picture. */
export function lighten(context: CanvasRenderingContext2D, paint: () => void): void {
    context.globalCompositeOperation = 'screen';
    paint();
    context.globalCompositeOperation = 'source-over';
}

/**
 * A picture as the model sees it, a map over it, and the lines between its patches; one patch may be framed. All of it is on one canvas: what is laid
 * over each other in the page is composed anew with every frame.
 */
export class PictureMap {
    readonly #stage: HTMLElement;
    readonly #canvas = el('canvas', { 'data-part': 'map-image', 'aria-hidden': 'true' });
    /** The picture, a pixel each. */
    readonly #ink = el('canvas', { width: 28, height: 28 });
    /** The map, a pixel a patch. */
    readonly #heat = el('canvas', { width: 1, height: 1 });
    readonly #cleanup = new Cleanup();
    #colors = { line: token('--patch-line'), frame: token('--query') };
    #columns = 4;
    #rows = 4;
    #framed = -1;
    #smooth = false;

    /** @param stage The element to fill; a `picture-stack`. */
    constructor(stage: HTMLElement) {
        this.#stage = stage;
        stage.replaceChildren(this.#canvas);
        this.#cleanup.add(onThemeChange(() => {
            this.#colors = { line: token('--patch-line'), frame: token('--query') };
            this.#compose();
        }));
        const observer = new ResizeObserver(() => this.#measure());
        observer.observe(stage);
        this.#cleanup.add(() => observer.disconnect());
    }

    setPicture(picture: Picture): void {
        keepRatio(this.#stage, picture);
        this.draw(ink => paintPicture(ink, picture));
    }

    /** Another way to make the picture: on its canvas of a pixel each. */
    draw(paint: (ink: HTMLCanvasElement) => void): void {
        paint(this.#ink);
        this.#compose();
    }

    /** @param opacity 0 … 1 of the map over the picture. */
    paint(map: PatchMap, { opacity = 1, smooth = false }: { opacity?: number; smooth?: boolean } = {}): void {
        this.#smooth = smooth;
        paintHeatmap(this.#heat, map, overPicture(map, opacity));
        this.#divide(map.width, map.height);
        this.#compose();
    }

    /** The patch grid; also before there is a map. */
    layout(columns: number, rows: number): void {
        if (this.#divide(columns, rows)) this.#compose();
    }

    /** Frames a patch, row by row; −1 for none. */
    frame(patch: number): void {
        if (patch === this.#framed) return;
        this.#framed = patch;
        this.#compose();
    }

    /** Blank paper, no map. */
    clear(): void {
        for (const canvas of [this.#ink, this.#heat]) canvas.getContext('2d')!.clearRect(0, 0, canvas.width, canvas.height);
        this.#framed = -1;
        this.#compose();
    }

    /** The patch under a pointer, row by row, or −1. */
    patchAt(event: MouseEvent): number {
        return cellAt(this.#stage, event, this.#columns, this.#rows);
    }

    dispose(): void {
        this.#cleanup.dispose();
    }

    /** @returns Whether the patches lie otherwise than before. */
    #divide(columns: number, rows: number): boolean {
        if (columns === this.#columns && rows === this.#rows) return false;
        [this.#columns, this.#rows] = [columns, rows];
        this.#stage.classList.toggle('of-strip', rows === 1);
        return true;
    }

    #measure(): void {
        const scale = Math.max(1, devicePixelRatio);
        [this.#canvas.width, this.#canvas.height] = [Math.round(this.#stage.clientWidth * scale), Math.round(this.#stage.clientHeight * scale)];
        this.#compose();
    }

    #compose(): void {
        const { width, height } = this.#canvas;
        if (width === 0 || height === 0) return;
        const context = this.#canvas.getContext('2d')!;
        context.clearRect(0, 0, width, height);
        context.imageSmoothingEnabled = false;
        context.drawImage(this.#ink, 0, 0, width, height);
        context.imageSmoothingEnabled = this.#smooth;
        lighten(context, () => context.drawImage(this.#heat, 0, 0, width, height));
        paintPatchGrid(context, this.#columns, this.#rows, this.#colors.line, this.#framed, this.#colors.frame);
    }
}
