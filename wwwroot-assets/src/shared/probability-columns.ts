import { el } from './dom';
import { percent } from './format';

/** A column for each class, side by side: probabilities where bars in full have no room. The words for them are the caller's. */
export class ProbabilityColumns {
    readonly element = el('span', { class: 'columns', 'aria-hidden': 'true' });
    readonly #names: readonly string[];
    readonly #columns: { column: HTMLElement; fill: HTMLElement }[];

    /** @param names Of the classes; each a letter or two. */
    constructor(names: readonly string[]) {
        this.#names = names;
        this.#columns = names.map((name, index) => {
            const fill = el('span', { class: 'column-fill', style: `--bar: var(--digit-${index % 10})` });
            const column = el('span', { class: 'column' }, el('span', { class: 'column-track' }, fill), el('span', { class: 'column-name' }, name));
            this.element.append(column);
            return { column, fill };
        });
    }

    /** @param predicted Index of the class read; −1 for none. */
    update(probabilities: readonly number[], predicted: number): void {
        this.#columns.forEach(({ column, fill }, index) => {
            const probability = probabilities[index] ?? 0;
            column.classList.toggle('column-read', index === predicted);
            column.title = `${this.#names[index]}: ${percent(probability)}`;
            fill.style.transform = `scaleY(${probability.toFixed(4)})`;
        });
    }

    clear(): void {
        for (const { column, fill } of this.#columns) {
            column.classList.remove('column-read');
            column.title = '';
            fill.style.transform = 'scaleY(0)';
        }
    }
}
