import { finishes } from '../shared/attention/look-words';
import { el, setText } from '../shared/dom';
import { percent } from '../shared/format';
import type { ProbeReading } from '../shared/hub';
import { ProbabilityBars } from '../shared/probability-bars';
import { ProbabilityScale } from '../shared/probability-scale';
import { readParts } from '../shared/reading';
import { roving } from '../shared/roving';

/** One part of the chosen probe's answer, to choose by hand. */
interface Part {
    text: string;
    probability: number;
    right: boolean | null;
}

const finish = 'finish';

/**
 * The answer to the chosen probe: the probabilities of one of its parts, and where there are several (cells, or tokens that were
 * written) a button for each, laid out as they lie on the picture. A frame rewrites texts; the chosen part stays.
 */
export class ProbeReadingView {
    readonly #classes: readonly string[];
    readonly #choose: (part: number) => void;
    readonly #picker = el('div', { class: 'reading-parts', role: 'group', 'aria-label': 'Parts of the answer', hidden: true });
    readonly #bars = el('div');
    readonly #isRegression: boolean;
    #probabilities: ProbabilityBars | ProbabilityScale | null = null;
    #buttons: HTMLButtonElement[] = [];
    #reading: ProbeReading | null = null;
    #truth: readonly number[] | null = null;
    #chosen = 0;
    #endRoving = () => {};

    /**
     * @param isRegression The classes are numbers in order.
     * @param choose Called whenever a hand chooses another part, counted from 0.
     */
    constructor(host: HTMLElement, classes: readonly string[], isRegression: boolean, choose: (part: number) => void) {
        [this.#classes, this.#isRegression, this.#choose] = [classes, isRegression, choose];
        host.replaceChildren(this.#picker, this.#bars);
    }

    /** @param truth The digits on the picture; null when nobody said. */
    show(reading: ProbeReading, truth: readonly number[] | null): void {
        [this.#reading, this.#truth] = [reading, truth];
        this.#probabilities ??= this.#isRegression
            ? new ProbabilityScale(this.#bars, this.#classes.length)
            : new ProbabilityBars(this.#bars, reading.tokens === null ? this.#classes : [...this.#classes, finish]);
        this.#paint();
    }

    /** No answer yet. */
    clear(): void {
        this.#reading = null;
        this.#probabilities?.clear();
    }

    /** Shows a part without telling anybody. */
    select(part: number): void {
        this.#chosen = part;
        this.#paint();
    }

    #paint(): void {
        if (this.#reading === null) return;
        const parts = this.#parts(this.#reading);
        const chosen = Math.min(this.#chosen, parts.length - 1);
        this.#build(parts.length, columnsOf(this.#reading, parts.length));
        parts.forEach((part, index) => write(this.#buttons[index]!, part, index, index === chosen));
        if (this.#probabilities instanceof ProbabilityScale) this.#probabilities.mark(this.#truth?.[0] ?? null);
        if (chosen >= 0) this.#probabilities!.update(this.#row(this.#reading, chosen), this.#predicted(this.#reading, chosen));
    }

    /** Tokens, the finishing one last, or cells. */
    #parts(reading: ProbeReading): Part[] {
        const read = readParts(reading, this.#classes, this.#truth);
        if (reading.tokens === null) return read.slice(0, reading.regions.length);
        return reading.tokens.map((token, index) => (finishes(token)
            ? { text: 'end', probability: token.probability, right: null }
            : { text: token.text, probability: token.probability, right: read[index]?.right ?? null }));
    }

    /** One value per bar; of a token only the likeliest alternatives are known. */
    #row(reading: ProbeReading, part: number): number[] {
        if (reading.tokens === null) return reading.regions[part]!.probabilities;
        const known = new Map(reading.tokens[part]!.alternatives.map(({ text, probability }) => [text, probability]));
        return [...this.#classes, finish].map((name) => known.get(name) ?? NaN);
    }

    #predicted(reading: ProbeReading, part: number): number {
        return reading.tokens === null ? reading.regions[part]!.predicted : [...this.#classes, finish].indexOf(reading.tokens[part]!.text);
    }

    /** The buttons stay the same elements while the number of parts does. */
    #build(parts: number, columns: number): void {
        this.#picker.hidden = parts < 2;
        this.#picker.style.setProperty('--columns', String(columns));
        if (parts === this.#buttons.length) return;
        const focused = this.#picker.contains(document.activeElement);
        this.#buttons = Array.from({ length: parts }, (_, index) => {
            const button = el('button', { type: 'button', class: 'reading-part' }, el('span', { class: 'reading-part-text' }), ' ', el('span', { class: 'reading-part-sure' }));
            button.addEventListener('click', () => {
                this.select(index);
                this.#choose(index);
            });
            return button;
        });
        this.#picker.replaceChildren(...this.#buttons);
        this.#endRoving();
        this.#endRoving = roving(this.#picker, () => columns);
        if (focused) this.#buttons[Math.min(this.#chosen, parts - 1)]?.focus();
    }
}

function write(button: HTMLButtonElement, { text, probability, right }: Part, index: number, chosen: boolean): void {
    const [read, sure] = [...button.children] as [Element, Element];
    setText(read, text);
    setText(sure, percent(probability, 0));
    button.dataset['right'] = String(right ?? 'unknown');
    button.setAttribute('aria-pressed', String(chosen));
    const name = `${index + 1}: ${text}, ${percent(probability, 0)}${right === null ? '' : right ? ', right' : ', wrong'}`;
    if (button.getAttribute('aria-label') !== name) button.setAttribute('aria-label', name);
}

/** Cells stand as on the picture: as many beside each other as have the same upper edge; tokens stand in a row. */
function columnsOf({ regions, tokens }: ProbeReading, parts: number): number {
    const top = regions[0]?.box?.y;
    return tokens !== null || top === undefined ? parts : regions.filter(({ box }) => box?.y === top).length;
}
