import { el } from './dom';

/** The mean of a distribution over numbers, and its standard deviation. */
export function moments(probabilities: readonly number[]): { mean: number; deviation: number } {
    const expected = (value: (number: number) => number) => probabilities.reduce((total, probability, number) => total + probability * value(number), 0);
    const mean = expected(number => number);
    return { mean, deviation: Math.sqrt(expected(number => (number - mean) ** 2)) };
}

/** Probabilities of numbers from 0 on, too many for a bar each: a silhouette over their scale, as high as its peak, and a mark where it is right. */
export class ProbabilityScale {
    readonly #count: number;
    readonly #shape = document.createElementNS('http://www.w3.org/2000/svg', 'path');
    readonly #truth = el('span', { class: 'scale-truth', hidden: true });

    constructor(root: HTMLElement, count: number) {
        this.#count = count;
        const drawing = document.createElementNS('http://www.w3.org/2000/svg', 'svg');
        drawing.setAttribute('viewBox', `0 0 ${count} 1`);
        drawing.setAttribute('preserveAspectRatio', 'none');
        drawing.append(this.#shape);
        const ticks = [0, (count - 1) / 2, count - 1].map(tick => {
            const name = el('span', {}, String(tick));
            name.style.left = this.#place(tick);
            return name;
        });
        root.replaceChildren(el('div', { class: 'probability-scale', 'aria-hidden': 'true' }, el('div', { class: 'scale-field' }, drawing, this.#truth), el('div', { class: 'scale-ticks' }, ...ticks)));
    }

    update(probabilities: readonly number[]): void {
        const peak = Math.max(...probabilities);
        const steps = probabilities.map((probability, number) => `V${(1 - probability / peak).toFixed(4)}H${number + 1}`);
        this.#shape.setAttribute('d', `M0 1${steps.join('')}V1Z`);
    }

    /** @param number What is right; null where nobody knows. */
    mark(number: number | null): void {
        this.#truth.hidden = number === null;
        if (number !== null) this.#truth.style.left = this.#place(number);
    }

    clear(): void {
        this.#shape.setAttribute('d', '');
        this.mark(null);
    }

    /** The middle of a number's step. */
    #place(number: number): string {
        return `${((number + 0.5) / this.#count) * 100}%`;
    }
}
