import { Cleanup } from '../control';
import type { Picture } from '../digit-tile';
import { el, setText } from '../dom';
import { percent } from '../format';
import { largest } from '../heatmap';
import { recallChoice, rememberChoice } from './choice-memory';
import type { CrossAttentionMaps } from './cross-attention-maps';
import { EmittedTokens } from './emitted-tokens';
import { HeadGrid } from './head-grid';
import { finishes, stepWords, type Token } from './look-words';
import { chip, legend, opacitySlider, press } from './map-tools';
import { PathLayer } from './path-layer';
import { PictureMap, type PatchMap } from './picture-map';
import { patchName } from './patch-name';
import { centreOfAttention } from './reading-path';

export type { Token } from './look-words';

export interface CrossAttentionOptions {
    /** Whether every layer and head has its small map to choose from; true when left out. */
    heads?: boolean;
    /** Whether the row of emitted tokens and its slider are shown; a page with a row of its own leaves them out and calls `selectStep`. */
    tokens?: boolean;
    /** Whether there is a path from step to step; true when left out. */
    path?: boolean;
    /** How a patch is called; by row and column when left out. */
    patchName?(patch: number): string;
    /** What the map of the chosen step says; which step it is and where that looks when left out. */
    words?(map: PatchMap): string;
}

interface Choice {
    /** −1 for the mean of all layers. */
    layer: number;
    /** −1 for the mean of the heads. */
    head: number;
    path: boolean;
    opacity: number;
    smooth: boolean;
}

const memory = 'cross-attention';
const firstChoice: Choice = { layer: -1, head: -1, path: true, opacity: 0.9, smooth: false };

/** @param root An element of the page's; it is filled. */
export function createCrossAttention(root: HTMLElement, options: CrossAttentionOptions = {}): CrossAttention {
    return new CrossAttention(root, options);
}

/**
 * Where a decoder looked in the picture as it wrote: the map of the chosen step, the emitted tokens to step through, and the reading path
 * over it all. New maps repaint; the chosen step, layer and head stay, and so does a focus.
 */
export class CrossAttention {
    readonly #stage = el('div', { class: 'picture-stack map-stage', role: 'application', tabindex: 0, 'data-part': 'cross-map', 'aria-label': 'Nothing read yet' });
    readonly #map = new PictureMap(this.#stage);
    readonly #path = new PathLayer();
    readonly #tokens = new EmittedTokens(step => this.#step(step));
    readonly #heads: HeadGrid | null = null;
    readonly #caption = el('p', { class: 'map-caption', 'aria-live': 'polite', 'data-part': 'cross-caption' });
    readonly #value = el('span', { class: 'map-value' });
    readonly #end = el('span', {}, '–');
    readonly #all: HTMLButtonElement;
    readonly #chips: Record<'path' | 'smooth', HTMLButtonElement>;
    readonly #cleanup = new Cleanup();
    readonly #listeners: ((step: number) => void)[] = [];
    readonly #options: CrossAttentionOptions;
    #choice = recallChoice(memory, firstChoice);
    #maps: CrossAttentionMaps | null = null;
    #written: readonly Token[] = [];
    #ratio = 1;
    #chosen = 0;
    #hovered = -1;

    constructor(root: HTMLElement, options: CrossAttentionOptions) {
        this.#options = options;
        const { heads = true, tokens = true, path = true } = options;
        this.#all = chip('all layers and heads', 'The mean over every head of every layer', () => this.#choose({ layer: -1, head: -1 }));
        this.#chips = {
            path: chip('reading path', 'Where each step looks, joined in the order of writing', () => this.#choose({ path: !this.#choice.path })),
            smooth: chip('smooth', 'Blend colours between patches', () => this.#choose({ smooth: !this.#choice.smooth })),
        };
        const side = el('div', { class: 'attention-side' }, el('div', { class: 'chips' }, ...(heads ? [this.#all] : []), ...(path ? [this.#chips.path] : []), this.#chips.smooth,
            opacitySlider(this.#choice.opacity, opacity => this.#choose({ opacity }))));
        if (heads) {
            const grid = el('div', { 'data-part': 'heads' });
            side.append(grid);
            this.#heads = new HeadGrid(grid, (layer, head) => this.#choose({ layer, head }));
        }

        const main = el('div', { class: 'attention-main' }, this.#stage, ...(tokens ? [this.#tokens.element] : []), el('div', { class: 'map-foot' }, this.#value, legend(this.#end)));
        root.classList.add('attention-view');
        root.replaceChildren(this.#caption, el('div', { class: 'attention-body' }, main, side));
        if (path) this.#stage.append(this.#path.element);
        this.#cleanup.add(() => this.#map.dispose());
        this.#cleanup.add(() => this.#heads?.dispose());
        this.#listen();
        this.clear();
    }

    /** The chosen step, from 0. */
    get step(): number {
        return this.#chosen;
    }

    /** The patch grid, before there is a map. */
    layout(columns: number, rows: number): void {
        this.#map.layout(columns, rows);
    }

    /** @param tokens As many as the maps have steps, the finishing one included. */
    show(maps: CrossAttentionMaps, tokens: readonly Token[], picture: Picture): void {
        if (tokens.length !== maps.steps) throw new Error(`tokens: expected one for each of the ${maps.steps} steps, got ${tokens.length}`);
        [this.#maps, this.#written, this.#ratio] = [maps, tokens, picture.width / picture.height];
        this.#chosen = Math.min(this.#chosen, maps.steps - 1);
        this.#map.setPicture(picture);
        this.#heads?.setPicture(picture);
        this.#tokens.show(tokens);
        this.#paint();
    }

    /** Nothing read: blank paper, no tokens, no path. */
    clear(): void {
        [this.#maps, this.#written, this.#hovered] = [null, [], -1];
        this.#map.clear();
        this.#heads?.clear();
        this.#tokens.show([]);
        this.#paint();
    }

    /** Shows a step, from 0; the listeners are not told. Out of range, the nearest one. */
    selectStep(step: number): void {
        this.#chosen = Math.max(0, Math.min(step, (this.#maps?.steps ?? 1) - 1));
        this.#paint();
    }

    /** Calls `listener` whenever a hand chooses another step. */
    onStep(listener: (step: number) => void): void {
        this.#listeners.push(listener);
    }

    /** Keys 1 … 9 choose a head of the chosen layer (the last one when none is), 0 all layers and heads. */
    chooseHead(number: number): void {
        const maps = this.#maps;
        if (!maps || number > maps.heads) return;
        this.#choose(number === 0 ? { layer: -1, head: -1 } : { layer: this.#choice.layer < 0 ? maps.layers - 1 : this.#choice.layer, head: number - 1 });
    }

    dispose(): void {
        this.#cleanup.dispose();
    }

    #listen(): void {
        const hover = (patch: number) => {
            this.#hovered = patch;
            this.#readValue();
        };
        this.#cleanup.listen(this.#stage, 'keydown', (event: KeyboardEvent) => this.#maps && this.#tokens.key(event));
        this.#cleanup.listen(this.#stage, 'pointermove', (event: PointerEvent) => hover(this.#map.patchAt(event)));
        this.#cleanup.listen(this.#stage, 'pointerleave', () => hover(-1));
    }

    #step(step: number): void {
        this.selectStep(step);
        for (const listener of this.#listeners) listener(step);
    }

    #choose(change: Partial<Choice>): void {
        this.#choice = { ...this.#choice, ...change };
        rememberChoice(memory, this.#choice);
        this.#paint();
    }

    /** The choice inside the maps at hand, which may be of a smaller model. */
    #place(maps: CrossAttentionMaps): { layer: number; head: number } {
        return { layer: Math.min(this.#choice.layer, maps.layers - 1), head: Math.min(this.#choice.head, maps.heads - 1) };
    }

    /** The map of a step; all steps of a layer and head have one scale, so that stepping compares them. */
    #mapOf(maps: CrossAttentionMaps, layer: number, head: number, step = this.#chosen): PatchMap {
        const steps = this.#written.map((_, index) => maps.looksAt(index, layer, head));
        return { values: steps[step]!, width: maps.gridWidth, height: maps.gridHeight, end: Math.max(2 / maps.patches, ...steps.map(largest)) };
    }

    #paint(): void {
        const { opacity, smooth, path } = this.#choice;
        press(this.#chips.path, path);
        press(this.#chips.smooth, smooth);
        this.#path.element.toggleAttribute('hidden', !path || !this.#maps);
        const maps = this.#maps;
        if (!maps) {
            setText(this.#caption, 'The map comes with the first answer.');
            setText(this.#end, '–');
            this.#stage.setAttribute('aria-label', 'Nothing read yet');
            this.#readValue();
            return;
        }

        const place = this.#place(maps);
        press(this.#all, place.layer < 0);
        const map = this.#mapOf(maps, place.layer, place.head);
        const words = this.#options.words?.(map) ?? stepWords(this.#chosen, this.#written, map);
        this.#map.paint(map, { opacity, smooth });
        this.#heads?.paint(maps, place, (layer, head) => this.#mapOf(maps, layer, head));
        this.#paintPath(maps, place);
        this.#tokens.select(this.#chosen, words);
        setText(this.#caption, words);
        setText(this.#end, percent(map.end, 0));
        this.#stage.setAttribute('aria-label', `${words}, ${this.#whose(place)}.${this.#written.length > 1 ? ' Arrow keys move from step to step.' : ''}`);
        this.#readValue();
    }

    #paintPath(maps: CrossAttentionMaps, { layer, head }: { layer: number; head: number }): void {
        const steps = this.#written.flatMap((token, step) => (finishes(token) ? [] : [step]));
        this.#path.show(steps.map(step => centreOfAttention({ values: maps.looksAt(step, layer, head), width: maps.gridWidth, height: maps.gridHeight })), this.#ratio);
        this.#path.select(this.#chosen);
    }

    #whose({ layer, head }: { layer: number; head: number }): string {
        if (layer < 0) return 'mean of all layers and heads';
        return `layer ${layer + 1}, ${head < 0 ? 'mean of its heads' : `head ${head + 1}`}`;
    }

    /** The weight of the patch under the pointer, or whose map it is when no pointer rests here. */
    #readValue(): void {
        const maps = this.#maps;
        if (!maps) return setText(this.#value, '–');
        const place = this.#place(maps);
        const patch = this.#hovered;
        setText(this.#value, patch < 0 ? this.#whose(place) : `${this.#options.patchName?.(patch) ?? patchName(patch, maps)} · ${percent(this.#mapOf(maps, place.layer, place.head).values[patch]!)}`);
    }
}
