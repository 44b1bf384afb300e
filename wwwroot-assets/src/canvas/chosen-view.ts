import { CorrectionBar } from '../shared/corrections/correction-bar';
import type { Subject } from '../shared/corrections/correcting';
import { part, setText } from '../shared/dom';
import { percent } from '../shared/format';
import { ProbabilityBars } from '../shared/probability-bars';
import type { ReadObject } from './canvas-objects';

/** What is chosen: how it is read, what else it might be, and "No, it is a …". */
export class ChosenView {
    readonly #root: HTMLElement;
    readonly #correction: CorrectionBar;
    #bars: ProbabilityBars | null = null;

    constructor(root: HTMLElement) {
        this.#root = root;
        this.#correction = new CorrectionBar(part(root, 'correction'));
    }

    /** @param classes What probabilities are of. */
    open(classes: readonly string[]): void {
        this.#bars = new ProbabilityBars(part(this.#root, 'bars'), classes);
    }

    /** @param subject What can be corrected; null where there are no strokes. */
    show(chosen: readonly ReadObject[], subject: Subject | null): void {
        const [first] = chosen;
        const found = chosen.length === 1 ? first!.found : null;
        setText(part(this.#root, 'chosen-name'), nameOf(chosen));
        setText(part(this.#root, 'chosen-words'), wordsOf(chosen));
        if (found) this.#bars?.update(found.probabilities, found.predicted);
        else this.#bars?.clear();
        this.#correction.show(subject);
    }

    focus(): void {
        this.#correction.focus();
    }

    dispose(): void {
        this.#correction.dispose();
    }
}

function nameOf(chosen: readonly ReadObject[]): string {
    if (chosen.length === 0) return 'No digit chosen';
    if (chosen.length > 1) return `${chosen.length} chosen`;
    return chosen[0]!.found ? `Read as ${chosen[0]!.found.digit}` : 'Read as nothing';
}

function wordsOf(chosen: readonly ReadObject[]): string {
    if (chosen.length === 0) return 'Click a digit on the canvas, or go to it with Tab, to see how it is read, to move it or to correct it.';
    if (chosen.length > 1) return 'Moved, scaled and deleted together; named, they are one digit.';
    const { found } = chosen[0]!;
    if (!found) return 'Strokes that the model takes for no digit. If they are one, say which.';
    return found.presence === null ? `${percent(found.sure)} sure` : `A digit is here: ${percent(found.presence)}; it is this one: ${percent(found.probabilities[found.predicted]!)}`;
}
