import type { Answering } from '../shared/answering';
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
    answering: Answering;
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
    #answering: Answering;

    constructor(root: HTMLElement, { answering }: Options) {
        [this.#root, this.#answering] = [root, answering];
        this.#sight = new AttentionView(part(root, 'sight'));
        this.#answer = new AnswerView(root, answering.classes, this.#sight);
        this.#correction = new CorrectionBar(part(root, 'correction'));
        this.#requests = new LatestWins(timedPredict, (timed, question) => this.#answered(timed, question), error => this.#desk.say(failureText(error)));
        this.#desk = new StrokeDesk(root, { extent: singleCell, memory: 'draw', changed: () => this.#ask() });
        for (const control of [this.#sight, this.#correction, this.#desk]) this.#cleanup.add(() => control.dispose());
        this.#cleanup.add(() => this.#requests.reset());
        this.#listen();
        this.setWeights(answering);
        root.dataset.ready = 'true';
    }

    /** Other weights answer from now on. */
    setWeights(answering: Answering): void {
        this.#answering = answering;
        this.#root.classList.toggle('live', answering.live);
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
        const timer = setInterval(() => this.#answering.live && !document.hidden && !this.#desk.isEmpty && this.#ask(), liveInterval);
        this.#cleanup.add(() => clearInterval(timer));
    }

    #ask(): void {
        const { weights } = this.#answering;
        if (weights && !this.#desk.isEmpty) {
            this.#requests.ask({ weights, ...this.#desk.shown, attention: true });
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
