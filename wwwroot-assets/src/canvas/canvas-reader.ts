import type { Answering } from '../shared/answering';
import { Sight } from '../shared/attention/sight';
import { bytesFromBase64 } from '../shared/base64';
import { type Box, centreOf, movedBox, scaledBox } from '../shared/box';
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
        const { x, y, unit } = this.#frame;
        const along = (place: number, patches: number) => Math.min(patches - 1, Math.max(0, Math.floor(place / (geometry.patch * unit))));
        const [across, down] = centreOf(box);
        this.#sight.ask({ of: 'patch', index: along(down - y, gridHeight) * gridWidth + along(across - x, gridWidth) });
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

    /** Where what was seen lies on the canvas, and units to one of its pixels: a picture is fitted to a canvas that was made larger or smaller since. */
    get #frame(): { x: number; y: number; unit: number } {
        const { content: { picture }, extent } = this.#desk.model;
        if (!picture) return { x: 0, y: 0, unit: this.#unitsPerPixel };
        const unit = Math.min(extent.width / picture.width, extent.height / picture.height);
        return { x: (extent.width - picture.width * unit) / 2, y: (extent.height - picture.height * unit) / 2, unit };
    }

    #answered({ answer, roundTrip }: Timed): void {
        const { reading, seen, geometry, weights, classes } = answer;
        if (!reading || !seen) return this.silence();
        this.#answer = answer;
        const { x, y, unit } = this.#frame;
        this.#showPresence(answer);
        this.#sight.setPicture({ ...seen, pixels: bytesFromBase64(seen.pixels) });
        this.#sight.show({ ...answer, tokens: reading.tokens, step: weights.step });
        setText(part(this.#root, 'input'), `${seen.width} × ${seen.height} px, patches of ${geometry.patch} px`);
        setText(part(this.#root, 'source'), `${weights.name}, step ${count(weights.step)}`);
        setText(part(this.#root, 'spent'), milliseconds(roundTrip));
        this.#events.read(foundIn(reading, classes, box => movedBox(scaledBox(box, unit), x, y)));
        this.#measure();
    }

    #showPresence({ reading, geometry }: Answer): void {
        const presence = reading!.presence;
        if (!presence) return this.#presence.clear();
        const { x, y, unit } = this.#frame;
        const side = geometry.patch * unit;
        this.#presence.show(presence, { x, y, width: presence.gridWidth * side, height: presence.gridHeight * side }, this.#desk.model.extent);
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
