import { EmittedTokens } from '../shared/attention/emitted-tokens';
import { finishes } from '../shared/attention/look-words';
import { el, setText } from '../shared/dom';
import { percent } from '../shared/format';
import type { ReadingPayload, TokenPayload } from '../shared/reading';
import type { Places, ReadingEvents, ReadingView } from './reading-view';

export interface TokenEvents extends ReadingEvents {
    /** A step was chosen. */
    step(step: number): void;
}

interface Row {
    row: HTMLElement;
    name: HTMLElement;
    fill: HTMLElement;
    value: HTMLElement;
}

const mostAlternatives = 5;

/** An answer that was written down: its tokens in a row, and what else the token a hand rests on, or the chosen one, might have been. */
export class TokensView implements ReadingView {
    readonly #events: TokenEvents;
    readonly #written = new EmittedTokens(step => this.#choose(step));
    readonly #title = el('p', { class: 'small muted' });
    readonly #rows: Row[] = Array.from({ length: mostAlternatives }, alternative);
    #tokens: readonly TokenPayload[] = [];
    #cells: readonly number[] = [];
    #step = 0;
    #rested = -1;

    constructor(host: HTMLElement, events: TokenEvents) {
        this.#events = events;
        const alternatives = el('ol', { class: 'bars', 'aria-label': 'Likeliest tokens' }, ...this.#rows.map(({ row }) => row));
        const written = this.#written.element;
        const stepOf = (event: Event) => Number((event.target as HTMLElement).closest<HTMLElement>('[data-step]')?.dataset['step'] ?? this.#step);
        for (const enters of ['pointerover', 'focusin']) written.addEventListener(enters, event => this.#rest(stepOf(event)));
        for (const leaves of ['pointerleave', 'focusout']) written.addEventListener(leaves, () => this.#rest(-1));
        host.replaceChildren(el('div', { class: 'written' }, written, el('div', { class: 'written-others' }, this.#title, alternatives)));
        this.clear();
    }

    /** The chosen step, from 0. */
    get step(): number {
        return this.#step;
    }

    show({ tokens }: ReadingPayload, { steps }: Places): void {
        [this.#tokens, this.#cells] = [tokens ?? [], steps];
        this.#step = Math.max(0, Math.min(this.#step, this.#tokens.length - 1));
        this.#written.show(this.#tokens);
        this.#paint();
    }

    clear(): void {
        [this.#tokens, this.#cells, this.#rested] = [[], [], -1];
        this.#written.show([]);
        this.#paint();
    }

    select(cell: number): void {
        const step = this.#cells.indexOf(cell);
        if (step >= 0 && this.#cells[this.#step] !== cell) this.#step = step;
        this.#paint();
    }

    /** A step was chosen elsewhere by hand. */
    follow(step: number): void {
        this.#step = step;
        this.#paint();
        const cell = this.#cells[step] ?? -1;
        if (cell >= 0) this.#events.choose(cell);
    }

    #choose(step: number): void {
        this.#events.step(step);
        this.follow(step);
        this.#rest(step);
    }

    #rest(step: number): void {
        this.#rested = step;
        this.#paint();
        this.#events.point(step < 0 ? -1 : (this.#cells[step] ?? -1));
    }

    #paint(): void {
        const shown = this.#rested >= 0 && this.#rested < this.#tokens.length ? this.#rested : this.#step;
        const token = this.#tokens[shown];
        if (this.#tokens.length > 0) this.#written.select(this.#step, words(this.#tokens, this.#step));
        setText(this.#title, token ? `Step ${shown + 1}: likeliest tokens` : 'Likeliest tokens');
        this.#rows.forEach((row, index) => write(row, token?.alternatives[index], token?.text));
    }
}

function alternative(): Row {
    const [name, fill, value] = [el('span', { class: 'bar-name' }), el('span', { class: 'bar-fill' }), el('span', { class: 'bar-value' })];
    return { row: el('li', { class: 'bar' }, name, el('span', { class: 'bar-track', 'aria-hidden': 'true' }, fill), value), name, fill, value };
}

function write({ row, name, fill, value }: Row, token: { text: string; probability: number } | undefined, emitted: string | undefined): void {
    setText(name, token ? short(token) : '');
    setText(value, token ? percent(token.probability) : '–');
    row.classList.toggle('bar-read', !!token && token.text === emitted);
    fill.style.setProperty('--bar', token && /^[0-9]$/.test(token.text) ? `var(--digit-${token.text})` : 'var(--ink-faint)');
    fill.style.transform = `scaleX(${(token?.probability ?? 0).toFixed(4)})`;
}

const short = (token: { text: string; probability: number }) => (finishes(token) ? 'end' : token.text);

function words(tokens: readonly TokenPayload[], step: number): string {
    const token = tokens[step]!;
    return `Step ${step + 1} of ${tokens.length}, ${finishes(token) ? 'finishes' : `emits ${token.text}`}, ${percent(token.probability)} sure`;
}
