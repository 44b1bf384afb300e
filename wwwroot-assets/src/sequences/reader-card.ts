import { Cleanup } from '../shared/control';
import { afterPaint, part, setText } from '../shared/dom';
import { count, milliseconds, percent } from '../shared/format';
import { LatestWins } from '../shared/latest-wins';
import { type Answer, timedPredict, type Question, type Timed } from '../shared/predict';
import { isRight, type ReadingPayload } from '../shared/reading';
import { type AnswerView, openAnswerView } from './answer-view';
import type { Truth } from './tasks';

/** One model of a task. */
export interface Reader {
    id: string;
    title: string;
    classes: readonly string[];
    /** Null while none can answer. */
    weights: string | null;
    /** The weights are in training, so the same drawing is asked again and again. */
    live: boolean;
}

/** What a reader is asked about. */
export interface Shown {
    /** Grows with every change of the drawing. */
    version: number;
    question: Pick<Question, 'drawing' | 'picture' | 'center'>;
    /** Null where nobody knows. */
    truth: Truth | null;
    /** When the hand made the newest change, on the clock of `performance.now()`. */
    touched: number;
}

export interface CardEvents {
    /** Whether somebody watches where it looks. */
    watched(): boolean;
    /** There is an answer, or none any more. */
    answered(answer: Answer | null): void;
    failed(error: unknown): void;
}

interface Said {
    shown: Shown;
    reading: ReadingPayload;
}

/** One reader's answer while the hand draws: what it says, how sure it is, whether that is right where somebody knows. */
export class ReaderCard {
    readonly #root: HTMLElement;
    readonly #events: CardEvents;
    readonly #view: AnswerView;
    readonly #requests: LatestWins<{ question: Question; shown: Shown }, Timed>;
    readonly #cleanup = new Cleanup();
    #reader: Reader;
    #shown: Shown | null = null;
    #said: Said | null = null;

    constructor(root: HTMLElement, reader: Reader, events: CardEvents) {
        [this.#root, this.#reader, this.#events] = [root, reader, events];
        this.#view = openAnswerView(part(root, 'distribution'), reader.classes);
        this.#requests = new LatestWins(({ question }, signal) => timedPredict(question, signal), (timed, { shown }) => this.#answered(timed, shown), error => events.failed(error));
        this.#cleanup.add(() => this.#requests.reset());
        this.#follow();
    }

    get live(): boolean {
        return this.#reader.live;
    }

    /** Null while it has not answered the newest drawing. */
    get words(): string | null {
        const said = this.#said;
        return said && said.shown.version === this.#shown?.version ? `${this.#reader.title}: ${said.reading.text}${verdict(said)}` : null;
    }

    /** Whether it can answer at all. */
    get answers(): boolean {
        return this.#reader.weights !== null;
    }

    /** Other weights answer from now on. */
    setReader(reader: Reader): void {
        const same = reader.weights === this.#reader.weights && reader.live === this.#reader.live;
        this.#reader = reader;
        if (same) return;
        this.#follow();
        if (!reader.weights) this.#silence();
        else this.again();
    }

    /** @param shown Null when there is nothing to answer. */
    read(shown: Shown | null): void {
        this.#shown = shown;
        if (shown) this.again();
        else this.#silence();
    }

    /** Asks again about the same drawing. */
    again(): void {
        const [{ weights }, shown] = [this.#reader, this.#shown];
        if (weights && shown) this.#requests.ask({ question: { weights, ...shown.question, attention: this.#events.watched() }, shown });
    }

    dispose(): void {
        this.#cleanup.dispose();
    }

    #follow(): void {
        this.#root.classList.toggle('live', this.#reader.live);
    }

    #answered({ answer, roundTrip }: Timed, shown: Shown): void {
        const { reading, weights } = answer;
        if (!reading) return this.#silence();
        const said = (this.#said = { shown, reading });
        const right = isRight(reading, shown.truth && [shown.truth.label]);
        this.#root.dataset.right = String(right ?? 'unknown');
        setText(part(this.#root, 'value'), reading.text);
        setText(part(this.#root, 'verdict'), right === null ? '' : right ? '✓ right' : '✗ wrong');
        setText(part(this.#root, 'sure'), this.#view.show(reading, shown.truth?.label ?? null));
        setText(part(this.#root, 'source'), `step ${count(weights.step)}`);
        setText(part(this.#root, 'spent'), milliseconds(roundTrip));
        this.#events.answered(answer);
        this.#measure(said);
    }

    #silence(): void {
        this.#requests.reset();
        this.#said = null;
        this.#root.dataset.right = 'unknown';
        this.#view.clear();
        setText(part(this.#root, 'value'), '–');
        for (const name of ['verdict', 'sure', 'source', 'spent']) setText(part(this.#root, name), '');
        this.#events.answered(null);
    }

    /** How long it took from the hand's movement to the painted answer, as a User Timing measure of the reader's id. */
    #measure({ shown }: Said): void {
        const name = `answer ${this.#reader.id}`;
        afterPaint(() => {
            performance.measure(name, { start: shown.touched });
            performance.clearMeasures(name);   // watchers have been told; nothing piles up
        });
    }
}

function verdict({ shown, reading }: Said): string {
    const { predicted, probabilities } = reading.regions[0]!;
    const right = isRight(reading, shown.truth && [shown.truth.label]);
    return `, ${percent(probabilities[predicted]!, 0)} sure${right === null ? '' : right ? ', right' : ', wrong'}`;
}
