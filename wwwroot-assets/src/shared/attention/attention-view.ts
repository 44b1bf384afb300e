import { Cleanup } from '../control';
import type { Picture } from '../digit-tile';
import { el, setText } from '../dom';
import { percent } from '../format';
import type { AttentionLook, Question } from './attention-look';
import type { AttentionMaps } from './attention-maps';
import { recallChoice, rememberChoice } from './choice-memory';
import { HeadGrid } from './head-grid';
import { type AttentionChoice, describe, firstChoice, mapOf, scaleEnd, shownOf, within } from './map-choice';
import { chip, legend, opacitySlider, press } from './map-tools';
import { type PatchMap, PictureMap } from './picture-map';
import { moveQuery, patchOf, type Query, sameQuery } from './query';
import { QueryChips } from './query-chips';

const memory = 'attention';

/**
 * A picture as the model sees it with one map of its self-attention over it, the small maps of every layer and head beside it, and what a
 * hand chose about them. A frame repaints pixels and texts; choices, focus and the value under a resting pointer stay.
 */
export class AttentionView {
    readonly #stage = el('div', { class: 'picture-stack map-stage', role: 'application', tabindex: 0, 'data-part': 'map', 'aria-label': 'What the model sees: nothing yet' });
    readonly #map = new PictureMap(this.#stage);
    readonly #caption = el('p', { class: 'map-caption', 'data-part': 'map-caption' });
    readonly #value = el('span', { class: 'map-value', 'data-part': 'map-value' });
    readonly #end = el('span', {}, '–');
    readonly #heads: HeadGrid;
    readonly #queries = new QueryChips(query => this.#choose({ query }));
    readonly #to = chip('attends to', 'Where the chosen query looks', () => this.#choose({ direction: 'to' }), 'direction-to');
    readonly #by = chip('attended by', 'Who looks at the chosen query', () => this.#choose({ direction: 'by' }), 'direction-by');
    readonly #rollout = chip('rollout', 'Attention multiplied through the layers, the residual stream counted in, instead of the mean of one layer’s heads',
        () => this.#choose(this.#choice.method === 'rollout' ? { method: 'mean' } : { method: 'rollout', head: -1 }));
    readonly #fixed = chip('fixed scale', 'The same colour means the same weight on every map', () => this.#choose({ scale: this.#choice.scale === 'fixed' ? 'auto' : 'fixed' }));
    readonly #smooth = chip('smooth', 'Blend colours between patches', () => this.#choose({ smooth: !this.#choice.smooth }));
    readonly #cleanup = new Cleanup();
    #choice = recallChoice(memory, firstChoice);
    readonly #asked: () => void;
    #maps: AttentionMaps | AttentionLook | null = null;
    #hovered = -1;

    /**
     * @param root An element of the page's; it is filled.
     * @param asked Called whenever a hand asks another question: who shows looks then looks anew.
     */
    constructor(root: HTMLElement, asked: () => void = () => undefined) {
        this.#asked = asked;
        const heads = el('div', { 'data-part': 'heads' });
        this.#heads = new HeadGrid(heads, (layer, head) => this.#choose({ layer, head }));
        const tools = el('div', { class: 'chips' }, this.#to, this.#by, this.#rollout, this.#fixed, this.#smooth, opacitySlider(this.#choice.opacity, opacity => this.#choose({ opacity })));
        const main = el('div', { class: 'attention-main' }, this.#stage, el('div', { class: 'map-foot' }, this.#value, legend(this.#end)));
        root.classList.add('attention-view');
        root.replaceChildren(this.#caption, el('div', { class: 'attention-body' }, main, el('div', { class: 'attention-side' }, this.#queries.element, tools, heads)));
        this.#cleanup.add(() => this.#map.dispose());
        this.#cleanup.add(() => this.#heads.dispose());
        this.#listen();
        this.clear();
    }

    /** What is asked of the maps. */
    get question(): Question {
        return this.#choice;
    }

    /** Asks about a query as if a hand had chosen it, except that other pages do not hear of it. */
    ask(query: Query): void {
        if (sameQuery(query, this.#choice.query)) return;
        this.#choice = { ...this.#choice, query };
        this.#paint();
        this.#asked();
    }

    /** The patch grid, before there is a map. */
    layout(columns: number, rows: number): void {
        this.#map.layout(columns, rows);
    }

    setPicture(picture: Picture): void {
        this.#map.setPicture(picture);
        this.#heads.setPicture(picture);
    }

    /** @param step Of the weights whose attention it is. */
    show(maps: AttentionMaps | AttentionLook, step: number): void {
        this.#maps = maps;
        this.#stage.dataset.step = String(step);
        this.#paint();
    }

    /** Nothing to see: blank paper, no map. */
    clear(): void {
        this.#maps = null;
        delete this.#stage.dataset.step;
        this.#map.clear();
        this.#heads.clear();
        this.#paint();
    }

    /** Keys 1 … 9 choose a head of the chosen layer, 0 all of them together. */
    chooseHead(number: number): void {
        if (this.#maps && number <= this.#maps.heads) this.#choose({ head: number - 1 });
    }

    dispose(): void {
        this.#cleanup.dispose();
    }

    #listen(): void {
        const listen = this.#cleanup.listen.bind(this.#cleanup);
        listen(this.#stage, 'click', (event: MouseEvent) => this.#click(this.#map.patchAt(event)));
        listen(this.#stage, 'pointermove', (event: PointerEvent) => this.#hover(this.#map.patchAt(event)));
        listen(this.#stage, 'pointerleave', () => this.#hover(-1));
        listen(this.#stage, 'keydown', (event: KeyboardEvent) => this.#key(event));
    }

    #choose(change: Partial<AttentionChoice>): void {
        this.#choice = { ...this.#choice, ...change };
        rememberChoice(memory, this.#choice);
        this.#paint();
        if (change.query || change.direction || change.method) this.#asked();
    }

    /** A click chooses the query; a second click on it turns the question round. */
    #click(patch: number): void {
        if (!this.#maps || patch < 0) return;
        const { query, direction } = within(this.#choice, this.#maps);
        this.#choose(patch === patchOf(query) ? { direction: direction === 'to' ? 'by' : 'to' } : { query: { of: 'patch', index: patch } });
    }

    #hover(patch: number): void {
        if (patch === this.#hovered) return;
        this.#hovered = patch;
        this.#readValue();
    }

    #key(event: KeyboardEvent): void {
        if (!this.#maps || event.ctrlKey || event.metaKey || event.altKey) return;
        const { query } = within(this.#choice, this.#maps);
        if (event.key === 'Enter' && query.of === 'patch') this.#click(query.index);
        else if (event.key.startsWith('Arrow') || event.key === 'Escape') this.#choose({ query: moveQuery(query, event.key, this.#maps) });
        else return;
        event.preventDefault();
        event.stopPropagation();
    }

    #mapOf(maps: AttentionMaps | AttentionLook, choice: AttentionChoice, layer = choice.layer, head = choice.head): PatchMap {
        const values = mapOf(maps, choice, layer, head);
        return { values, width: maps.gridWidth, height: maps.gridHeight, end: scaleEnd(maps, choice, values) };
    }

    #paint(): void {
        const maps = this.#maps;
        const choice = maps ? shownOf(maps, this.#choice) : this.#choice;
        press(this.#to, choice.direction === 'to');
        press(this.#by, choice.direction === 'by');
        press(this.#rollout, choice.method === 'rollout');
        press(this.#fixed, choice.scale === 'fixed');
        press(this.#smooth, choice.smooth);
        this.#readValue();
        if (!maps) {
            setText(this.#caption, 'The map comes with the first answer.');
            setText(this.#end, '–');
            this.#stage.setAttribute('aria-label', 'What the model sees: nothing yet');
            return;
        }

        const map = this.#mapOf(maps, choice);
        this.#map.paint(map, choice);
        this.#map.frame(patchOf(choice.query));
        this.#heads.paint(maps, choice, (layer, head) => this.#mapOf(maps, choice, layer, head));
        this.#queries.show(maps, choice.query);
        this.#by.disabled = choice.query.of === 'patches';
        const words = describe(maps, choice);
        setText(this.#caption, words);
        setText(this.#end, percent(map.end));
        this.#stage.setAttribute('aria-label', `Attention map. ${words}. Arrow keys move the query from patch to patch, Escape leads back.`);
    }

    /** The patch under the pointer, or the strongest one when no pointer rests here. */
    #readValue(): void {
        const maps = this.#maps;
        if (!maps) return setText(this.#value, '–');
        const { values } = this.#mapOf(maps, shownOf(maps, this.#choice));
        const hovered = this.#hovered >= 0 && this.#hovered < values.length;
        const patch = hovered ? this.#hovered : values.indexOf(Math.max(...values));
        setText(this.#value, `${hovered ? '' : 'strongest: '}${maps.patchName(patch)} · ${percent(values[patch]!)}`);
    }
}
