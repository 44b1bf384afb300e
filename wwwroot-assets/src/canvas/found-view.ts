import { el, setText } from '../shared/dom';
import { percent } from '../shared/format';
import type { ReadObject } from './canvas-objects';

/** The digits read, in reading order, each to be chosen. Chips keep their places, so nothing moves but what is new. */
export class FoundView {
    readonly #root: HTMLElement;
    readonly #events: { choose(id: number, more: boolean): void; point(id: number): void };
    #chips: { button: HTMLButtonElement; digit: HTMLElement; sure: HTMLElement; id: number }[] = [];

    /** @param point Called with the digit that a hand rests on; −1 for none. */
    constructor(root: HTMLElement, events: { choose(id: number, more: boolean): void; point(id: number): void }) {
        [this.#root, this.#events] = [root, events];
        root.addEventListener('pointerleave', () => events.point(-1));
    }

    show(objects: readonly ReadObject[], chosen: ReadonlySet<number>): void {
        const read = objects.filter(({ found }) => found);
        while (this.#chips.length > read.length) this.#chips.pop()!.button.remove();
        while (this.#chips.length < read.length) this.#chips.push(this.#open());
        read.forEach(({ id, found }, index) => {
            const chip = this.#chips[index]!;
            chip.id = id;
            setText(chip.digit, found!.digit);
            setText(chip.sure, percent(found!.sure, 0));
            chip.button.style.setProperty('--digit', `var(--digit-${found!.digit})`);
            chip.button.setAttribute('aria-pressed', String(chosen.has(id)));
        });
    }

    #open(): { button: HTMLButtonElement; digit: HTMLElement; sure: HTMLElement; id: number } {
        const [digit, sure] = [el('span', { class: 'found-digit' }), el('span', { class: 'found-sure' })];
        const button = el('button', { type: 'button', class: 'found-chip', 'aria-pressed': 'false' }, digit, ' ', sure);
        const chip = { button, digit, sure, id: -1 };
        button.addEventListener('click', event => this.#events.choose(chip.id, event.shiftKey));
        for (const enters of ['pointerenter', 'focus']) button.addEventListener(enters, () => this.#events.point(chip.id));
        for (const leaves of ['pointerleave', 'blur']) button.addEventListener(leaves, () => this.#events.point(-1));
        this.#root.append(button);
        return chip;
    }
}
