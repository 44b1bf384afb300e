import { el, setText } from '../dom';
import { percent } from '../format';
import { finishes, type Token } from './look-words';

/** More tokens than this and their probabilities no longer fit below them; they stay in the tooltip and the name. */
const roomy = 9;

/** The tokens a decoder emitted, in a row, and a slider below them; one is chosen, by click, by arrow keys or with the slider. */
export class EmittedTokens {
    readonly element: HTMLElement;
    readonly #row = el('div', { class: 'token-row', role: 'radiogroup', 'aria-label': 'Emitted tokens' });
    readonly #slider = el('input', { type: 'range', class: 'token-slider', min: 1, max: 1, step: 1, value: 1, 'aria-label': 'Step', 'data-part': 'step-slider' });
    readonly #choose: (step: number) => void;
    #tokens: readonly Token[] = [];
    #buttons: HTMLButtonElement[] = [];
    #step = 0;

    constructor(choose: (step: number) => void) {
        this.#choose = choose;
        this.element = el('div', { class: 'emitted-tokens' }, this.#row, this.#slider);
        this.#row.addEventListener('keydown', event => this.key(event) && this.#buttons[this.#step]?.focus());
        this.#slider.addEventListener('input', () => this.#choose(Number(this.#slider.value) - 1));
    }

    /** Sets up the row; buttons that are there already stay, so that a focus on them stays too. */
    show(tokens: readonly Token[]): void {
        this.#tokens = tokens;
        while (this.#buttons.length > tokens.length) this.#buttons.pop()!.remove();
        while (this.#buttons.length < tokens.length) this.#row.append(this.#button(this.#buttons.length));
        tokens.forEach((token, index) => this.#write(this.#buttons[index]!, token, index));
        this.element.style.setProperty('--steps', String(Math.max(1, tokens.length)));
        this.element.classList.toggle('crowded', tokens.length > roomy);
        this.#slider.max = String(Math.max(1, tokens.length));
        this.#slider.disabled = tokens.length < 2;
    }

    /** @param words The step in words, for people who listen to the slider. */
    select(step: number, words: string): void {
        this.#step = step;
        this.#buttons.forEach((button, index) => {
            button.setAttribute('aria-checked', String(index === step));
            button.tabIndex = index === step ? 0 : -1;
        });
        this.#slider.value = String(step + 1);
        this.#slider.setAttribute('aria-valuetext', words);
    }

    /** Arrow keys, Home and End choose a step. @returns Whether the key was one of them. */
    key(event: KeyboardEvent): boolean {
        const last = this.#tokens.length - 1;
        const next = { ArrowLeft: this.#step - 1, ArrowUp: this.#step - 1, ArrowRight: this.#step + 1, ArrowDown: this.#step + 1, Home: 0, End: last }[event.key];
        if (next === undefined || event.ctrlKey || event.metaKey || event.altKey) return false;
        event.preventDefault();
        event.stopPropagation();
        if (next >= 0 && next <= last) this.#choose(next);
        return true;
    }

    #button(index: number): HTMLButtonElement {
        const button = el('button', { type: 'button', class: 'token', role: 'radio', 'data-step': index },
            el('span', { class: 'token-number' }), ' ', el('span', { class: 'token-text' }), ' ', el('span', { class: 'token-sure' }));
        button.addEventListener('click', () => this.#choose(index));
        this.#buttons.push(button);
        return button;
    }

    #write(button: HTMLButtonElement, token: Token, index: number): void {
        const [number, text, sure] = [...button.children] as [Element, Element, Element];
        const ends = finishes(token);
        const [written, probability] = [ends ? 'end' : token.text, percent(token.probability, 0)];
        button.classList.toggle('token-finish', ends);
        setText(number, ends ? '' : String(index + 1));
        setText(text, written);
        setText(sure, probability);
        const name = `${index + 1}: ${written}, ${probability}`;
        button.title = name;
        button.setAttribute('aria-label', name);
    }
}
