import { CrossAttentionMaps } from '../shared/attention/cross-attention-maps';
import { Sight } from '../shared/attention/sight';
import { bytesFromBase64 } from '../shared/base64';
import { Cleanup } from '../shared/control';
import { afterPaint, part, setText } from '../shared/dom';
import { count, milliseconds } from '../shared/format';
import { LatestWins } from '../shared/latest-wins';
import { type Answer, timedPredict, type Question, type Timed } from '../shared/predict';
import type { CellGrid } from '../shared/stroke-cells';
import { whileVisible } from '../shared/visibility';
import { type Read, readOf } from './agreement';
import { CellsView } from './cells-view';
import { cellsOfSteps } from './places';
import type { ReadingEvents, ReadingView } from './reading-view';
import { TokensView } from './tokens-view';

export interface Reader {
    /** Of the experiment. */
    id: string;
    title: string;
    /** Null while none can answer. */
    weights: string | null;
    /** The weights are in training, so the same drawing is asked again and again. */
    live: boolean;
}

/** A drawing at one moment. */
export interface Drawn {
    /** Grows with every change. */
    version: number;
    shown: Pick<Question, 'drawing' | 'picture' | 'center'>;
    /** The cells that are drawn in, in reading order. */
    cells: readonly number[];
    /** When the hand made the newest change, on the clock of `performance.now()`. */
    touched: number;
}

/** What a reader said about a drawing. */
export interface Said {
    drawn: Drawn;
    answer: Answer;
    read: Read;
}

export interface PanelEvents extends ReadingEvents {
    answered(): void;
    failed(error: unknown): void;
}

/** One reader's answers while the hand draws: what it reads, in the form in which its model reads, and where it looks. */
export class ReaderPanel {
    readonly #root: HTMLElement;
    readonly #grid: CellGrid;
    readonly #events: PanelEvents;
    readonly #sight: Sight;
    readonly #requests: LatestWins<{ question: Question; drawn: Drawn }, Timed>;
    readonly #cleanup = new Cleanup();
    #reader: Reader;
    #view: ReadingView | null = null;
    #chosen = 0;
    #drawn: Drawn | null = null;
    #said: Said | null = null;
    #watched = false;

    constructor(root: HTMLElement, reader: Reader, grid: CellGrid, events: PanelEvents) {
        [this.#root, this.#reader, this.#grid, this.#events] = [root, reader, grid, events];
        this.#sight = new Sight(part(root, 'sight'), { tokens: false, stepped: step => this.#stepped(step), asked: () => this.#ask() });
        this.#requests = new LatestWins(({ question }, signal) => timedPredict(question, signal), (timed, { drawn }) => this.#answered(timed, drawn), error => events.failed(error));
        this.#cleanup.add(() => this.#sight.dispose());
        this.#cleanup.add(() => this.#requests.reset());
        this.#cleanup.add(whileVisible(part(root, 'sight'), () => {
            this.#watched = true;
            this.#ask();
            return () => (this.#watched = false);
        }));
        this.#follow();
    }

    /** Its newest answer; null while nothing is drawn or nothing was said yet. */
    get said(): Said | null {
        return this.#said;
    }

    get live(): boolean {
        return this.#reader.live;
    }

    /** Other weights answer from now on. */
    setReader(reader: Reader): void {
        const same = reader.weights === this.#reader.weights && reader.live === this.#reader.live;
        this.#reader = reader;
        if (same) return;
        this.#follow();
        this.#said = null;
        if (!reader.weights) this.#silence();
        else this.#ask();
    }

    /** @param drawn Null when nothing is drawn. */
    read(drawn: Drawn | null): void {
        this.#drawn = drawn;
        if (drawn) this.#ask();
        else this.#silence();
    }

    /** Asks again about the same drawing. */
    again(): void {
        this.#ask();
    }

    select(cell: number): void {
        this.#chosen = cell;
        this.#view?.select(cell);
        if (this.#view instanceof TokensView) this.#sight.selectStep(this.#view.step);
    }

    dispose(): void {
        this.#cleanup.dispose();
    }

    #follow(): void {
        this.#root.classList.toggle('live', this.#reader.live);
    }

    #ask(): void {
        const [{ weights }, drawn] = [this.#reader, this.#drawn];
        if (weights && drawn) this.#requests.ask({ question: { weights, ...drawn.shown, attention: false, ...(this.#watched ? { look: this.#sight.request } : {}) }, drawn });
    }

    #answered({ answer, roundTrip }: Timed, drawn: Drawn): void {
        const { reading, seen, geometry, weights, classes } = answer;
        if (!reading || !seen) return this.#silence();
        this.#said = { drawn, answer, read: readOf(reading, classes, drawn.cells, this.#grid.count) };
        this.#view ??= this.#open(answer);
        this.#view.show(reading, { drawn: drawn.cells, steps: this.#steps(answer, drawn) });
        this.#sight.setPicture({ ...seen, pixels: bytesFromBase64(seen.pixels) });
        this.#sight.show({ ...answer, tokens: reading.tokens, step: weights.step });
        setText(part(this.#root, 'input'), `${seen.width} × ${seen.height} px, patches of ${geometry.patch} px`);
        setText(part(this.#root, 'source'), `${weights.name}, step ${count(weights.step)}`);
        setText(part(this.#root, 'spent'), milliseconds(roundTrip));
        this.#events.answered();
        this.#measure(drawn);
    }

    #open({ reading, classes }: Answer): ReadingView {
        const host = part(this.#root, 'reading');
        const view = reading!.tokens ? new TokensView(host, { ...this.#events, step: step => this.#sight.selectStep(step) }) : new CellsView(host, this.#grid, classes, this.#events);
        view.select(this.#chosen);
        return view;
    }

    #steps({ reading, crossAttention }: Answer, drawn: Drawn): number[] {
        const maps = crossAttention && new CrossAttentionMaps(crossAttention);
        return reading!.tokens ? cellsOfSteps(reading!, drawn.cells, this.#grid, maps) : [];
    }

    /** The map was stepped by hand. */
    #stepped(step: number): void {
        if (this.#view instanceof TokensView) this.#view.follow(step);
    }

    #silence(): void {
        this.#requests.reset();
        this.#said = null;
        this.#view?.clear();
        this.#sight.clear();
        for (const name of ['source', 'spent']) setText(part(this.#root, name), '');
        this.#events.answered();
    }

    /** How long it took from the hand's movement to the painted answer, as a User Timing measure of the reader's id. */
    #measure({ touched }: Drawn): void {
        const name = `answer ${this.#reader.id}`;
        afterPaint(() => {
            performance.measure(name, { start: touched });
            performance.clearMeasures(name);   // watchers have been told; nothing piles up
        });
    }
}
