import { percent } from '../shared/format';
import { ProbabilityBars } from '../shared/probability-bars';
import { moments, ProbabilityScale } from '../shared/probability-scale';
import type { ReadingPayload } from '../shared/reading';

/** How sure an answer is, as a picture and in words. */
export interface AnswerView {
    /**
     * @param truth Label that is right; null where nobody knows.
     * @returns The words.
     */
    show(reading: ReadingPayload, truth: number | null): string;
    /** No answer. */
    clear(): void;
}

/** More classes than this are numbers on a scale, not bars. */
const mostBars = 10;

/** The way to show an answer that chooses from these classes. */
export function openAnswerView(host: HTMLElement, classes: readonly string[]): AnswerView {
    return classes.length > mostBars ? new NumberView(host, classes.length) : new ChoiceView(host, classes);
}

/** One of many numbers, rounded from a value in between. */
class NumberView implements AnswerView {
    readonly #scale: ProbabilityScale;

    constructor(host: HTMLElement, count: number) {
        this.#scale = new ProbabilityScale(host, count);
    }

    show({ regions }: ReadingPayload, truth: number | null): string {
        const { predicted, probabilities } = regions[0]!;
        const { mean, deviation } = moments(probabilities);
        this.#scale.update(probabilities);
        this.#scale.mark(truth);
        return `${mean.toFixed(1)} ± ${deviation.toFixed(1)} before rounding · ${percent(probabilities[predicted]!)} sure`;
    }

    clear(): void {
        this.#scale.clear();
    }
}

/** One of a few classes. */
class ChoiceView implements AnswerView {
    readonly #bars: ProbabilityBars;

    constructor(host: HTMLElement, classes: readonly string[]) {
        this.#bars = new ProbabilityBars(host, classes);
    }

    show({ regions }: ReadingPayload): string {
        const { predicted, probabilities } = regions[0]!;
        this.#bars.update(probabilities, predicted);
        return `${percent(probabilities[predicted]!)} sure`;
    }

    clear(): void {
        this.#bars.clear();
    }
}
