import { el, setText } from './dom';
import { percent } from './format';

/** One bar per class, always in the same order, each digit in its own colour and what is no digit in grey; the read one is bold. */
export class ProbabilityBars {
    readonly #rows: { row: HTMLElement; fill: HTMLElement; value: HTMLElement }[] = [];

    constructor(root: HTMLElement, classes: readonly string[]) {
        const list = el('ol', { class: classes.some(name => name.length > 1) ? 'bars with-words' : 'bars', 'aria-label': 'Probability of each class' });
        classes.forEach(name => {
            const fill = el('span', { class: 'bar-fill', style: `--bar: var(${/^[0-9]$/.test(name) ? `--digit-${name}` : '--ink-muted'})` });
            const value = el('span', { class: 'bar-value' }, '–');
            const row = el('li', { class: 'bar', 'data-class': name }, el('span', { class: 'bar-name' }, name), el('span', { class: 'bar-track', 'aria-hidden': 'true' }, fill), value);
            this.#rows.push({ row, fill, value });
            list.append(row);
        });
        root.replaceChildren(list);
    }

    /** @param probabilities One per class; NaN where it is not known. */
    update(probabilities: readonly number[], predicted: number): void {
        this.#rows.forEach(({ row, fill, value }, index) => {
            const probability = probabilities[index] ?? 0;
            row.classList.toggle('bar-read', index === predicted);
            fill.style.transform = `scaleX(${Number.isFinite(probability) ? probability.toFixed(4) : 0})`;
            setText(value, percent(probability));
        });
    }

    /** Nothing drawn: no bars, no numbers. */
    clear(): void {
        for (const { row, fill, value } of this.#rows) {
            row.classList.remove('bar-read');
            fill.style.transform = 'scaleX(0)';
            setText(value, '–');
        }
    }
}
