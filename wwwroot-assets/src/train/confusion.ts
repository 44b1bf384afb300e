import { css, type Rgb, viridis } from '../shared/colors';
import type { Cleanup } from '../shared/control';
import { el, setText } from '../shared/dom';
import { roving } from '../shared/roving';
import { share, whole } from './numbers';
import type { ValidationPoint } from './run-history';
import type { Mistake } from './wire';

/** How dark a cell is, 0…1: the share of its row, stretched by a root so that single mistakes stay visible beside a full diagonal. */
export function shade(value: number, rowTotal: number): number {
    return rowTotal === 0 ? 0 : Math.sqrt(value / rowTotal);
}

/** Relative luminance as WCAG has it, 0…1: above 0.179 black is the more readable ink. */
export function luminance(color: Rgb): number {
    const [r, g, b] = color.map((channel) => (channel <= 10 ? channel / 3294 : ((channel / 255 + 0.055) / 1.055) ** 2.4)) as [number, number, number];
    return 0.2126 * r + 0.7152 * g + 0.0722 * b;
}

/** Counts of one row [true, predicted]; zeros when there is no matrix yet. */
export function rowTotals(confusion: number[], classes: number): number[] {
    return Array.from({ length: classes }, (_, truth) => confusion.slice(truth * classes, (truth + 1) * classes).reduce((a, b) => a + b, 0));
}

export function mistakesOf(mistakes: Mistake[], truth: number, predicted: number): Mistake[] {
    return mistakes.filter((mistake) => mistake.truth === truth && mistake.predicted === predicted);
}

/**
 * The matrix of true and predicted classes, written in place. A click on a cell, or Enter, shows the examples behind it; arrow keys move
 * from cell to cell.
 */
export class ConfusionMatrix {
    private readonly cells: HTMLButtonElement[] = [];
    private readonly recalls: HTMLTableCellElement[] = [];
    private readonly caption = el('p', { class: 'confusion-caption' });
    private readonly examples: HTMLElement;
    private point: ValidationPoint | null = null;
    private chosen: number | null = null;

    constructor(host: HTMLElement, private readonly classes: string[], private readonly imageUrl: (mistake: Mistake) => string, cleanup: Cleanup) {
        this.examples = el('div', { class: 'confusion-examples', role: 'status' });
        host.replaceChildren(this.caption, el('div', { class: 'confusion-scroll' }, this.table()), this.examples);
        cleanup.add(roving(host.querySelector('tbody')!, () => classes.length));
        this.paint();
        setText(this.caption, 'The first look at the validation samples comes after the first steps.');
    }

    show(point: ValidationPoint | null): void {
        if (point === this.point || point?.evaluation.confusion === null) {
            return;
        }
        this.point = point;
        this.paint();
    }

    private paint(): void {
        const n = this.classes.length;
        const confusion = this.point?.evaluation.confusion ?? null;
        const totals = rowTotals(confusion ?? [], n);
        this.cells.forEach((cell, index) => {
            const value = confusion?.[index] ?? 0;
            const weight = shade(value, totals[Math.floor(index / n)]!);
            setText(cell, confusion === null ? '' : String(value));
            const color = viridis(weight);
            cell.style.backgroundColor = value === 0 ? '' : css(color);
            cell.classList.toggle('on-light', value > 0 && luminance(color) > 0.179);
            cell.classList.toggle('empty', value === 0);
            cell.setAttribute('aria-label', `${this.classes[Math.floor(index / n)]} read as ${this.classes[index % n]}: ${confusion === null ? 'not known yet' : value}`);   // the label contains the text as it stands
        });
        this.recalls.forEach((cell, truth) => setText(cell, confusion === null ? '' : share(confusion[truth * n + truth]! / totals[truth]!, 1)));
        if (this.point !== null) {
            const { evaluation, step } = this.point;
            const sum = totals.reduce((a, b) => a + b, 0);
            const right = this.classes.reduce((total, _, i) => total + (confusion?.[i * n + i] ?? 0), 0);
            setText(this.caption, `${whole(right)} of ${whole(sum)} right (${share(right / sum, 2)}) at step ${whole(step)}, ${this.point.whole ? 'the whole validation split' : `a sample of ${whole(evaluation.samples)}`}.`);
            this.showExamples();
        }
    }

    private table(): HTMLTableElement {
        const head = el('tr', {}, el('th', { class: 'corner', scope: 'col' }, 'true ↓ read →'), ...this.classes.map((name) => el('th', { scope: 'col' }, name)), el('th', { scope: 'col' }, 'right'));
        const rows = this.classes.map((name, truth) => el('tr', {}, el('th', { scope: 'row' }, name), ...this.classes.map((_, predicted) => this.cell(truth, predicted)), this.recall()));
        return el('table', { class: 'confusion' }, el('thead', {}, head), el('tbody', {}, ...rows));
    }

    /** Share of a row that was read right. */
    private recall(): HTMLTableCellElement {
        const cell = el('td', { class: 'recall' });
        this.recalls.push(cell);
        return cell;
    }

    private cell(truth: number, predicted: number): HTMLTableCellElement {
        const index = this.cells.length;
        const button = el('button', { class: truth === predicted ? 'diagonal' : '', type: 'button', 'data-cell': `${truth }-${predicted}` });
        button.addEventListener('click', () => {
            this.chosen = this.chosen === index ? null : index;
            this.showExamples();
        });
        this.cells.push(button);
        return el('td', {}, button);
    }

    private showExamples(): void {
        this.cells.forEach((cell, index) => cell.setAttribute('aria-pressed', index === this.chosen ? 'true' : 'false'));
        if (this.point === null) {
            return;
        }
        if (this.chosen === null) {
            const { mistakes } = this.point.evaluation;
            this.examples.replaceChildren(
                el('p', { class: 'muted' }, mistakes.length === 0 ? 'No mistakes.' : 'The worst mistakes, each with what was read and how sure. Choose a cell to see its own.'),
                el('div', { class: 'confusion-images' }, ...mistakes.slice(0, 18).map((mistake) => this.example(mistake))),
            );
            return;
        }
        const n = this.classes.length;
        const [truth, predicted] = [Math.floor(this.chosen / n), this.chosen % n];
        const value = this.point.evaluation.confusion?.[this.chosen] ?? 0;
        if (truth === predicted) {
            this.examples.replaceChildren(el('p', {}, `${whole(value)} times a ${this.classes[truth]} was read right. Choose a cell beside the diagonal to see mistakes.`));
            return;
        }
        const found = mistakesOf(this.point.evaluation.mistakes, truth, predicted);
        const more = value > found.length && found.length > 0 ? ` The ${found.length} worst:` : '';
        this.examples.replaceChildren(
            el('p', {}, value === 0 ? `No ${this.classes[truth]} was read as ${this.classes[predicted]}.` : `${whole(value)} times a ${this.classes[truth]} was read as ${this.classes[predicted]}.${more}`),
            el('div', { class: 'confusion-images' }, ...found.slice(0, 24).map((mistake) => this.example(mistake))),
        );
    }

    private example(mistake: Mistake): HTMLElement {
        const image = el('img', { src: this.imageUrl(mistake), alt: `Validation sample ${mistake.index}`, width: 56, height: 56, loading: 'lazy' });
        return el('figure', {}, image, el('figcaption', {}, `${this.classes[mistake.truth]} → ${this.classes[mistake.predicted]} · ${share(mistake.probability, 0)}`));
    }
}
