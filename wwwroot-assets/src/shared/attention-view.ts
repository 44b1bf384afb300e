import { AttentionMaps } from './attention';
import { token } from './colors';
import { Cleanup } from './control';
import { paintPicture, type Picture } from './digit-tile';
import { el, setText } from './dom';
import { percent } from './format';
import { cellAt, largest, paintHeatmap, paintPatchGrid } from './heatmap';
import { roving } from './roving';
import { onThemeChange } from './theme';

export interface AttentionChoice {
    layer: number;
    /** −1 is the mean over heads. */
    head: number;
    /** −1 is the CLS token; otherwise a patch, row by row. */
    query: number;
    /** Whether the query looks, or is looked at. */
    direction: 'to' | 'by';
    /** 0 … 1 of the map over the picture. */
    opacity: number;
}

export const firstChoice: AttentionChoice = { layer: -1, head: -1, query: -1, direction: 'to', opacity: 0.75 };

/**
 * What the model sees, with the map of one head over it, and a thumbnail of every layer and head to choose from. A click on a patch
 * makes it the query; Escape or a second click goes back to CLS.
 */
export class AttentionView {
    choice: AttentionChoice;
    readonly #picture = el('canvas', { class: 'pixelated', width: 28, height: 28, 'aria-hidden': 'true' });
    readonly #heat = el('canvas', { class: 'pixelated heat-layer', width: 1, height: 1, 'aria-hidden': 'true' });
    readonly #grid = el('canvas', { class: 'grid-layer', 'aria-hidden': 'true' });
    readonly #stack = el('div', { class: 'picture-stack attention-stack', role: 'img', tabindex: 0, 'aria-label': 'What the model sees' });
    readonly #caption = el('p', { class: 'attention-caption', 'aria-live': 'polite' });
    readonly #value = el('span', { class: 'attention-value' });
    readonly #scale = el('span', {}, '');
    readonly #heads = el('div', { class: 'attention-heads', role: 'group', 'aria-label': 'Attention by layer and head' });
    readonly #direction = el('button', { type: 'button', class: 'button quiet small', 'aria-pressed': 'false' }, 'Who looks here');
    readonly #opacity = el('input', { type: 'range', min: 0, max: 1, step: 0.05, 'aria-label': 'Opacity of the map' });
    readonly #cleanup = new Cleanup();
    readonly #changed: (choice: AttentionChoice) => void;
    #thumbnails: { canvas: HTMLCanvasElement; button: HTMLButtonElement; layer: number; head: number }[] = [];
    #maps: AttentionMaps | null = null;
    #columns = 4;
    #rows = 4;
    #hovered = -1;
    #endRoving = () => {};

    constructor(root: HTMLElement, choice: AttentionChoice = firstChoice, changed: (choice: AttentionChoice) => void = () => undefined) {
        [this.choice, this.#changed] = [{ ...choice }, changed];
        this.#stack.append(this.#picture, this.#heat, this.#grid);
        const legend = el('div', { class: 'map-legend' }, el('span', {}, '0'), this.#scale);
        const tools = el('div', { class: 'attention-tools' }, el('label', { class: 'attention-opacity' }, 'Map', this.#opacity), this.#direction);
        root.replaceChildren(this.#stack, legend, this.#caption, tools, this.#heads);
        this.#opacity.value = String(choice.opacity);
        this.#listen();
        this.#cleanup.add(onThemeChange(() => this.#paint()));
        const observer = new ResizeObserver(() => this.#paintGrid());
        observer.observe(this.#stack);
        this.#cleanup.add(() => observer.disconnect());
        this.#paint();
    }

    /** Sets the size of the patch grid before the first answer. */
    layout(columns: number, rows: number): void {
        if (columns === this.#columns && rows === this.#rows) return;
        [this.#columns, this.#rows] = [columns, rows];
        this.#paintGrid();
    }

    show(picture: Picture, maps: AttentionMaps | null): void {
        paintPicture(this.#picture, picture);
        this.#maps = maps;
        if (maps) {
            this.layout(maps.gridWidth, maps.gridHeight);
            if (this.#thumbnails.length !== maps.layers * (maps.heads + 1)) this.#buildThumbnails(maps);
        }

        this.#paint();
    }

    /** Nothing to see: blank paper, no map. */
    clear(): void {
        this.#picture.getContext('2d')!.clearRect(0, 0, this.#picture.width, this.#picture.height);
        this.#maps = null;
        this.#paint();
    }

    chooseHead(head: number): void {
        if (this.#maps && head < this.#maps.heads) this.#choose({ head });
    }

    dispose(): void {
        this.#endRoving();
        this.#cleanup.dispose();
    }

    #listen(): void {
        const listen = this.#cleanup.listen.bind(this.#cleanup);
        listen(this.#opacity, 'input', () => this.#choose({ opacity: Number(this.#opacity.value) }));
        listen(this.#direction, 'click', () => this.#choose({ direction: this.choice.direction === 'to' ? 'by' : 'to' }));
        listen(this.#stack, 'click', event => {
            const patch = cellAt(this.#stack, event, this.#columns, this.#rows);
            this.#choose({ query: patch === this.choice.query ? -1 : patch });
        });
        listen(this.#stack, 'pointermove', event => this.#hover(cellAt(this.#stack, event, this.#columns, this.#rows)));
        listen(this.#stack, 'pointerleave', () => this.#hover(-1));
        listen(this.#stack, 'keydown', event => this.#key(event));
    }

    #key(event: KeyboardEvent): void {
        const steps: Record<string, number> = { ArrowLeft: -1, ArrowRight: 1, ArrowUp: -this.#columns, ArrowDown: this.#columns };
        const step = steps[event.key];
        if (event.key === 'Escape') this.#choose({ query: -1 });
        else if (step !== undefined) {
            event.preventDefault();
            const next = this.choice.query < 0 ? 0 : this.choice.query + step;
            if (next >= 0 && next < this.#columns * this.#rows) this.#choose({ query: next });
        }
    }

    #hover(patch: number): void {
        if (patch === this.#hovered) return;
        this.#hovered = patch;
        this.#describe();
    }

    #choose(change: Partial<AttentionChoice>): void {
        this.choice = { ...this.choice, ...change };
        this.#paint();
        this.#changed(this.choice);
    }

    #layer(maps: AttentionMaps): number {
        return this.choice.layer < 0 || this.choice.layer >= maps.layers ? maps.layers - 1 : this.choice.layer;
    }

    #values(maps: AttentionMaps, layer: number, head: number): Float32Array {
        const { query, direction } = this.choice;
        const known = head < maps.heads ? head : -1;
        const token = query < 0 || query >= maps.patches ? 0 : maps.prefixTokens + query;
        return direction === 'to' ? maps.attendsTo(layer, known, token) : maps.attendedBy(layer, known, token);
    }

    #buildThumbnails(maps: AttentionMaps): void {
        this.#thumbnails = [];
        this.#heads.style.setProperty('--heads', String(maps.heads + 1));
        const header = [el('span', {}, ''), ...Array.from({ length: maps.heads }, (_, head) => el('span', {}, `H${head + 1}`)), el('span', {}, 'mean')];
        const rows = Array.from({ length: maps.layers }, (_, layer) => [
            el('span', { class: 'attention-layer' }, `L${layer + 1}`),
            ...Array.from({ length: maps.heads + 1 }, (_, column) => this.#thumbnail(layer, column === maps.heads ? -1 : column)),
        ]);
        for (const label of header) label.setAttribute('aria-hidden', 'true');
        this.#heads.replaceChildren(...header, ...rows.flat());
        this.#endRoving();
        this.#endRoving = roving(this.#heads, () => maps.heads + 1);
    }

    #thumbnail(layer: number, head: number): HTMLButtonElement {
        const canvas = el('canvas', { class: 'pixelated', width: 1, height: 1, 'aria-hidden': 'true' });
        const name = `Layer ${layer + 1}, ${head < 0 ? 'mean of heads' : `head ${head + 1}`}`;
        const button = el('button', { type: 'button', class: 'attention-thumbnail', title: name, 'aria-label': name }, canvas);
        button.addEventListener('click', () => this.#choose({ layer, head }));
        this.#thumbnails.push({ canvas, button, layer, head });
        return button;
    }

    #paint(): void {
        const maps = this.#maps;
        this.#heat.style.opacity = maps ? '1' : '0';
        this.#direction.setAttribute('aria-pressed', String(this.choice.direction === 'by'));
        for (const { canvas, button, layer, head } of this.#thumbnails) {
            button.setAttribute('aria-pressed', String(!!maps && layer === this.#layer(maps) && head === this.choice.head));
            if (maps) paintHeatmap(canvas, { values: this.#values(maps, layer, head), width: maps.gridWidth, height: maps.gridHeight });
            else canvas.getContext('2d')!.clearRect(0, 0, canvas.width, canvas.height);
        }

        if (maps) {
            const values = this.#values(maps, this.#layer(maps), this.choice.head);
            paintHeatmap(this.#heat, { values, width: maps.gridWidth, height: maps.gridHeight }, { opacity: this.choice.opacity, fade: true });
            setText(this.#scale, percent(largest(values), 0));
        } else {
            setText(this.#scale, '–');
        }

        this.#paintGrid();
        this.#describe();
    }

    #paintGrid(): void {
        paintPatchGrid(this.#grid, this.#columns, this.#rows, token('--patch-line'), this.choice.query, '#ffffff');
    }

    #describe(): void {
        const maps = this.#maps;
        if (!maps) {
            setText(this.#caption, `${this.#columns} × ${this.#rows} patches`);
            this.#stack.setAttribute('aria-label', 'What the model sees: nothing yet');
            return;
        }

        const head = this.choice.head < 0 ? 'mean of heads' : `head ${this.choice.head + 1}`;
        const query = this.choice.query < 0 ? 'CLS' : `patch ${this.choice.query + 1}`;
        const verb = this.choice.direction === 'to' ? `where ${query} looks` : `who looks at ${query}`;
        setText(this.#value, this.#hovered < 0 ? '' : `patch ${this.#hovered + 1}: ${percent(this.#values(maps, this.#layer(maps), this.choice.head)[this.#hovered]!)}`);
        this.#caption.replaceChildren(`Layer ${this.#layer(maps) + 1}, ${head}: ${verb} `, this.#value);
        this.#stack.setAttribute('aria-label', `What the model sees, with ${verb} in layer ${this.#layer(maps) + 1}, ${head}`);
    }
}
