import { el, setText } from '../shared/dom';
import { percent } from '../shared/format';
import { ProbabilityColumns } from '../shared/probability-columns';
import { emptyMark, readParts, type ReadingPayload, type RegionPayload } from '../shared/reading';
import type { CellGrid } from '../shared/stroke-cells';
import type { Places, ReadingEvents, ReadingView } from './reading-view';

interface Tile {
    element: HTMLButtonElement;
    /** For people who listen: which cell it is. */
    name: HTMLElement;
    digit: HTMLElement;
    sure: HTMLElement;
    columns: ProbabilityColumns;
    others: HTMLElement;
}

/** Alternatives less likely than this are not worth a word. */
const faint = 0.005;

/** An answer that has a class for each cell: a tile a cell, laid out as on the canvas. What is empty and read as empty stays silent. */
export class CellsView implements ReadingView {
    readonly #grid: CellGrid;
    readonly #classes: readonly string[];
    readonly #tiles: Tile[];

    constructor(host: HTMLElement, grid: CellGrid, classes: readonly string[], events: ReadingEvents) {
        [this.#grid, this.#classes] = [grid, classes];
        this.#tiles = Array.from({ length: grid.count }, () => tile(classes));
        const list = el('div', { class: 'cell-tiles' }, ...this.#tiles.map(({ element }) => element));
        this.#tiles.forEach(({ element }, cell) => {
            element.addEventListener('click', () => events.choose(cell));
            for (const enters of ['pointerenter', 'focus']) element.addEventListener(enters, () => events.point(cell));
            for (const leaves of ['pointerleave', 'blur']) element.addEventListener(leaves, () => events.point(-1));
        });
        host.replaceChildren(list);
        this.clear();
    }

    show(reading: ReadingPayload, { drawn }: Places): void {
        readParts(reading, this.#classes, null).forEach((part, cell) => {
            const silent = part.text === emptyMark && !drawn.includes(cell);
            if (silent) this.#silence(cell);
            else this.#write(cell, part.text === emptyMark ? 'empty' : part.text, reading.regions[cell]!);
        });
    }

    clear(): void {
        this.#tiles.forEach((_, cell) => this.#silence(cell));
    }

    select(cell: number): void {
        this.#tiles.forEach(({ element }, index) => element.setAttribute('aria-pressed', String(index === cell)));
    }

    #write(cell: number, read: string, { predicted, probabilities }: RegionPayload): void {
        const { element, name, digit, sure, columns, others } = this.#tiles[cell]!;
        const probability = probabilities[predicted]!;
        const also = probabilities.map((share, index) => ({ name: this.#classes[index]!, share, index }))
            .filter(({ share, index }) => index !== predicted && share >= faint).sort((a, b) => b.share - a.share).slice(0, 2)
            .map(alternative => `${alternative.name} (${percent(alternative.share, 0)})`);
        element.classList.remove('silent');
        element.classList.toggle('read-empty', read === 'empty');
        setText(name, `${this.#grid.name(cell)}: `);
        setText(digit, read);
        setText(sure, percent(probability));
        setText(others, also.length > 0 ? `else ${also.join(', ')}` : '');
        columns.update(probabilities, predicted);
    }

    #silence(cell: number): void {
        const { element, name, digit, sure, columns, others } = this.#tiles[cell]!;
        element.classList.add('silent');
        element.classList.remove('read-empty');
        for (const text of [digit, sure, others]) setText(text, '');
        setText(name, `${this.#grid.name(cell)}: nothing drawn`);
        columns.clear();
    }
}

function tile(classes: readonly string[]): Tile {
    const part = (name: string) => el('span', { class: name });
    const [name, digit, sure, others] = [part('visually-hidden'), part('tile-digit'), part('tile-sure'), part('tile-others')];
    const columns = new ProbabilityColumns(classes.map(each => (each.length === 1 ? each : emptyMark)));
    const element = el('button', { type: 'button', class: 'cell-tile', 'aria-pressed': 'false' }, name, el('span', { class: 'tile-head' }, digit, ' ', sure), columns.element, ' ', others);
    return { element, name, digit, sure, columns, others };
}
