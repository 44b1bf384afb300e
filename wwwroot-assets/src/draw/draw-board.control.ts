import { AttentionView } from '../shared/attention/attention-view';
import { Cleanup, type Control, type Owner } from '../shared/control';
import { CorrectionBar } from '../shared/corrections/correction-bar';
import { part } from '../shared/dom';
import { exampleDigit } from '../shared/example-digits';
import { LatestWins } from '../shared/latest-wins';
import { failureText, timedPredict, type Question, type Timed } from '../shared/predict';
import { StrokeDesk } from '../shared/stroke-desk';
import { handleStrokeKey } from '../shared/stroke-keys';
import { singleCell } from '../shared/stroke-model';
import { AnswerView } from './answer-view';

interface Options {
    weights: string | null;
    /** The weights are in training, so the same drawing is asked again and again. */
    live: boolean;
    classes: string[];
}

const liveInterval = 500;

export function create(root: HTMLElement, _owner: Owner, options: Options): DrawBoard {
    return new DrawBoard(root, options);
}

/** The draw page: a canvas that is answered while the hand still moves. */
class DrawBoard implements Control {
    readonly #root: HTMLElement;
    readonly #desk: StrokeDesk;
    readonly #answer: AnswerView;
    readonly #correction: CorrectionBar;
    readonly #sight: AttentionView;
    readonly #requests: LatestWins<Question, Timed>;
    readonly #cleanup = new Cleanup();
    #weights: string | null;
    #live: boolean;

    constructor(root: HTMLElement, { weights, live, classes }: Options) {
        [this.#root, this.#weights, this.#live] = [root, weights, live];
        this.#sight = new AttentionView(part(root, 'sight'));
        this.#answer = new AnswerView(root, classes, this.#sight);
        this.#correction = new CorrectionBar(part(root, 'correction'));
        this.#requests = new LatestWins(timedPredict, (timed, question) => this.#answered(timed, question), error => this.#desk.say(failureText(error)));
        this.#desk = new StrokeDesk(root, { extent: singleCell, memory: 'draw', changed: () => this.#ask() });
        for (const control of [this.#sight, this.#correction, this.#desk]) this.#cleanup.add(() => control.dispose());
        this.#cleanup.add(() => this.#requests.reset());
        this.#listen();
        root.classList.toggle('live', live);
        this.#ask();
        root.dataset.ready = 'true';
    }

    /** Another model answers from now on. */
    setWeights(weights: string | null, live: boolean): void {
        if (weights === this.#weights && live === this.#live) return;
        [this.#weights, this.#live] = [weights, live];
        this.#root.classList.toggle('live', live);
        this.#ask();
    }

    dispose(): void {
        this.#cleanup.dispose();
    }

    #listen(): void {
        this.#cleanup.listen(this.#root, 'click', event => {
            const digit = (event.target as HTMLElement).closest<HTMLElement>('[data-example]')?.dataset.example;
            if (digit !== undefined) this.#desk.play(exampleDigit(Number(digit)));
        });
        this.#cleanup.listen(document, 'keydown', event => handleStrokeKey(event, this.#desk, ({ key }) => {
            if (/^[0-9]$/.test(key)) return () => this.#sight.chooseHead(Number(key));
            return /^n$/i.test(key) ? () => this.#correction.focus() : undefined;
        }));
        const timer = setInterval(() => this.#live && !document.hidden && !this.#desk.isEmpty && this.#ask(), liveInterval);
        this.#cleanup.add(() => clearInterval(timer));
    }

    #ask(): void {
        if (this.#weights && !this.#desk.isEmpty) {
            this.#requests.ask({ weights: this.#weights, ...this.#desk.shown, attention: true });
            return;
        }

        this.#requests.reset();
        this.#answer.silence(this.#desk.isEmpty ? undefined : 'No weights to read it yet');
        this.#correction.show(null);
    }

    #answered({ answer, roundTrip }: Timed, { drawing }: Question): void {
        this.#desk.say('');
        if (this.#desk.isEmpty) return;
        this.#answer.show(answer, roundTrip);
        const read = answer.reading?.regions[0]?.predicted;
        this.#correction.show(drawing && read !== undefined ? { drawing, readAs: read, weights: answer.weights.id } : null);   // pictures have no strokes to teach
    }
}
