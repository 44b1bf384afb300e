import { Sight } from '../shared/attention/sight';
import { bytesFromBase64 } from '../shared/base64';
import { type Box, centreOf, scaledBox } from '../shared/box';
import { Cleanup } from '../shared/control';
import { afterPaint, part, setText } from '../shared/dom';
import { count, milliseconds } from '../shared/format';
import { LatestWins } from '../shared/latest-wins';
import { type Answer, type Question, type Timed, timedPredict } from '../shared/predict';
import type { StrokeDesk } from '../shared/stroke-desk';
import { whileVisible } from '../shared/visibility';
import type { Found } from './canvas-objects';
import { foundIn } from './found';
import { PresenceLayer } from './presence-layer';

export interface Answering {
    /** Null while none can answer. */
    weights: string | null;
    /** The weights are in training, so the same drawing is asked again and again. */
    live: boolean;
    /** What the weights choose from. */
    classes: string[];
}

export interface ReaderEvents {
    /** In reading order. */
    read(found: Found[]): void;
    failed(error: unknown): void;
}

const liveInterval = 500;

/** Has the canvas read while the hand draws, and shows what the model saw and where it looked. */
export class CanvasReader {
    readonly #root: HTMLElement;
    readonly #desk: StrokeDesk;
    readonly #unitsPerPixel: number;
    readonly #events: ReaderEvents;
    readonly #sight: Sight;
    readonly #presence: PresenceLayer;
    readonly #requests: LatestWins<Question, Timed>;
    readonly #cleanup = new Cleanup();
    #answering: Answering = { weights: null, live: false, classes: [] };
    #answer: Answer | null = null;
    #watched = false;

    constructor(root: HTMLElement, desk: StrokeDesk, unitsPerPixel: number, events: ReaderEvents) {
        [this.#root, this.#desk, this.#unitsPerPixel, this.#events] = [root, desk, unitsPerPixel, events];
        this.#sight = new Sight(part(root, 'sight'), { asked: () => this.ask() });
        this.#presence = new PresenceLayer(root);
        this.#requests = new LatestWins(timedPredict, timed => this.#answered(timed), error => events.failed(error));
        this.#cleanup.add(() => this.#sight.dispose());
        this.#cleanup.add(() => this.#presence.dispose());
        this.#cleanup.add(() => this.#requests.reset());
        this.#cleanup.add(whileVisible(part(root, 'sight'), () => {
            this.#watched = true;
            this.ask();
            return () => (this.#watched = false);
        }));
        const timer = setInterval(() => this.#answering.live && !document.hidden && this.ask(), liveInterval);
        this.#cleanup.add(() => clearInterval(timer));
    }

    /** Its newest answer; null while there is none. */
    get answer(): Answer | null {
        return this.#answer;
    }

    /** Whether somebody can answer at all. */
    get canAnswer(): boolean {
        return this.#answering.weights !== null;
    }

    /** Other weights answer from now on. */
    follow(answering: Answering): void {
        this.#answering = answering;
        this.#root.classList.toggle('live', answering.live);
        this.silence();
        this.ask();
    }

    ask(): void {
        const { weights } = this.#answering;
        if (!weights || this.#desk.isEmpty) return;
        this.#requests.ask({ weights, ...this.#desk.shown, attention: false, ...(this.#watched ? { look: this.#sight.request } : {}) });
    }

    /** Asks anew, and drops answers on their way that would tell of what is no longer there. */
    settle(): void {
        this.#requests.reset();
        this.ask();
    }

    /** Asks where the patch in the middle of a box, in units, looks. */
    look(box: Box): void {
        if (!this.#answer?.look) return;
        const { look: { gridWidth, gridHeight }, geometry } = this.#answer;
        const side = geometry.patch * this.#unit(this.#answer);
        const along = (place: number, patches: number) => Math.min(patches - 1, Math.max(0, Math.floor(place / side)));
        const [x, y] = centreOf(box);
        this.#sight.ask({ of: 'patch', index: along(y, gridHeight) * gridWidth + along(x, gridWidth) });
    }

    /** Nothing is there to be read. */
    silence(): void {
        this.#requests.reset();
        this.#answer = null;
        this.#presence.clear();
        this.#sight.clear();
        for (const name of ['source', 'spent', 'input']) setText(part(this.#root, name), '');
        this.#events.read([]);
    }

    chooseHead(number: number): void {
        this.#sight.chooseHead(number);
    }

    togglePresence = (): void => this.#presence.toggle();

    dispose(): void {
        this.#cleanup.dispose();
    }

    /** Units to one pixel of the picture: a drawing's are fixed, a picture is fitted to the canvas. */
    #unit({ seen }: Answer): number {
        return this.#desk.model.content.picture ? this.#desk.model.extent.width / seen!.width : this.#unitsPerPixel;
    }

    #answered({ answer, roundTrip }: Timed): void {
        const { reading, seen, geometry, weights, classes } = answer;
        if (!reading || !seen) return this.silence();
        this.#answer = answer;
        const unit = this.#unit(answer);
        this.#showPresence(answer, unit * geometry.patch);
        this.#sight.setPicture({ ...seen, pixels: bytesFromBase64(seen.pixels) });
        this.#sight.show({ ...answer, tokens: reading.tokens, step: weights.step });
        setText(part(this.#root, 'input'), `${seen.width} × ${seen.height} px, patches of ${geometry.patch} px`);
        setText(part(this.#root, 'source'), `${weights.name}, step ${count(weights.step)}`);
        setText(part(this.#root, 'spent'), milliseconds(roundTrip));
        this.#events.read(foundIn(reading, classes, box => scaledBox(box, unit, unit)));
        this.#measure();
    }

    /** @param side Of a patch, in units. */
    #showPresence({ reading }: Answer, side: number): void {
        const { width, height } = this.#desk.model.extent;
        const presence = reading!.presence ?? null;
        if (presence) this.#presence.show(presence, { width: (presence.gridWidth * side) / width, height: (presence.gridHeight * side) / height });
        else this.#presence.clear();
    }

    /** How long it took from the hand's movement to the painted answer, as a User Timing measure. */
    #measure(): void {
        const start = this.#desk.touched;
        afterPaint(() => {
            performance.measure('answer', { start });
            performance.clearMeasures('answer');   // watchers have been told; nothing piles up
        });
    }
}
