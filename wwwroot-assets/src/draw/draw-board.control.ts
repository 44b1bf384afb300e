import { ApiError, postJson } from '../shared/api';
import { AttentionView } from '../shared/attention/attention-view';
import { Cleanup, type Control, type Owner } from '../shared/control';
import { CorrectionBar } from '../shared/corrections/correction-bar';
import { el, part, prefersReducedMotion, setText } from '../shared/dom';
import { exampleDigit, replay } from '../shared/example-digits';
import { LatestWins } from '../shared/latest-wins';
import { predict, type Answer, type Question } from '../shared/predict';
import { StrokeCanvas } from '../shared/stroke-canvas';
import { StrokeModel } from '../shared/stroke-model';
import { AnswerView } from './answer-view';
import { handleDrawKey, type DrawActions } from './draw-keys';
import { recall, remember } from './draw-memory';
import { KeyboardPen } from './keyboard-pen';
import { PictureInput } from './picture-input';

interface Options {
    weights: string | null;
    /** The weights are in training, so the same drawing is asked again and again. */
    live: boolean;
    classes: string[];
}

const liveInterval = 500;
const [thinnest, thickest, brushStep] = [9.8, 42, 2.8];

export function create(root: HTMLElement, _owner: Owner, options: Options): DrawBoard {
    return new DrawBoard(root, options);
}

/** The draw page: a canvas that is answered while the hand still moves. */
class DrawBoard implements Control, DrawActions {
    readonly #root: HTMLElement;
    readonly #model = new StrokeModel();
    readonly #canvas: StrokeCanvas;
    readonly #answer: AnswerView;
    readonly #correction: CorrectionBar;
    readonly #sight: AttentionView;
    readonly #requests: LatestWins<Question, { answer: Answer; roundTrip: number }>;
    readonly #cleanup = new Cleanup();
    readonly #status: HTMLElement;
    readonly #center: HTMLInputElement;
    readonly #brush: HTMLInputElement;
    #weights: string | null;
    #live: boolean;
    #stopReplay = () => {};

    constructor(root: HTMLElement, { weights, live, classes }: Options) {
        [this.#root, this.#weights, this.#live] = [root, weights, live];
        const memory = recall();
        this.#status = part(root, 'status');
        this.#center = part<HTMLInputElement>(root, 'center');
        this.#brush = part<HTMLInputElement>(root, 'brush');
        this.#sight = new AttentionView(part(root, 'sight'));
        this.#answer = new AnswerView(root, classes, this.#sight);
        this.#correction = new CorrectionBar(part(root, 'correction'));
        this.#requests = new LatestWins(ask, ({ answer, roundTrip }, question) => this.#answered(answer, roundTrip, question), error => this.#failed(error));
        if (memory.content.strokes.length > 0 || memory.content.picture) this.#model.replace(memory.content);
        this.#center.checked = memory.center;
        this.#brush.value = String(memory.brush);
        const canvas = part<HTMLCanvasElement>(root, 'canvas');
        this.#canvas = new StrokeCanvas(canvas, this.#model, memory.brush, drawing => {
            this.#stopReplay();
            this.#changed(drawing);
        });
        const pen = new KeyboardPen(canvas, part(root, 'pen'), this.#model, drawing => {
            this.#canvas.repaint();
            this.#changed(drawing);
        });
        const pictures = new PictureInput(part<HTMLInputElement>(root, 'file'), part(root, 'drop'), picture => this.#put({ picture }), message => this.#say(message));
        for (const control of [this.#sight, this.#correction, this.#canvas, pen, pictures]) this.#cleanup.add(() => control.dispose());
        this.#cleanup.add(() => this.#requests.reset());
        this.#listen();
        root.classList.toggle('live', live);
        this.#followLiveWeights();
        this.#refresh();
        root.dataset.ready = 'true';
    }

    /** Another model answers from now on. */
    setWeights(weights: string | null, live: boolean): void {
        if (weights === this.#weights && live === this.#live) return;
        [this.#weights, this.#live] = [weights, live];
        this.#root.classList.toggle('live', live);
        this.#ask();
    }

    undo = (): void => this.#rework(() => this.#model.undo());
    redo = (): void => this.#rework(() => this.#model.redo());
    clear = (): void => this.#rework(() => this.#model.clear());
    thinner = (): void => this.#setBrush(this.#canvas.brush - brushStep);
    thicker = (): void => this.#setBrush(this.#canvas.brush + brushStep);
    chooseHead = (number: number): void => this.#sight.chooseHead(number);
    correct = (): void => this.#correction.focus();

    toggleEraser = (): void => {
        this.#canvas.erasing = !this.#canvas.erasing;
        part(this.#root, 'eraser').setAttribute('aria-pressed', String(this.#canvas.erasing));
        this.#root.classList.toggle('erasing', this.#canvas.erasing);
    };

    dispose(): void {
        this.#stopReplay();
        this.#cleanup.dispose();
    }

    #listen(): void {
        const click = (name: string, action: () => void) => this.#cleanup.listen(part(this.#root, name), 'click', action);
        click('undo', this.undo);
        click('redo', this.redo);
        click('clear', this.clear);
        click('eraser', this.toggleEraser);
        click('upload', () => part<HTMLInputElement>(this.#root, 'file').click());
        click('pin', () => void this.#pin());
        click('download', () => this.#download());
        this.#cleanup.listen(this.#brush, 'input', () => this.#setBrush(Number(this.#brush.value)));
        this.#cleanup.listen(this.#center, 'change', () => {
            this.#save();
            this.#ask();
        });
        this.#cleanup.listen(this.#root, 'click', event => {
            const digit = (event.target as HTMLElement).closest<HTMLElement>('[data-example]')?.dataset.example;
            if (digit !== undefined) this.#drawExample(Number(digit));
        });
        this.#cleanup.listen(document, 'keydown', (event: Event) => handleDrawKey(event as KeyboardEvent, this));
    }

    #followLiveWeights(): void {
        const timer = setInterval(() => this.#live && !document.hidden && !this.#model.isEmpty && this.#ask(), liveInterval);
        this.#cleanup.add(() => clearInterval(timer));
    }

    #rework(change: () => unknown): void {
        this.#stopReplay();
        change();
        this.#canvas.repaint();
        this.#changed(false);
    }

    #put(content: Parameters<StrokeModel['replace']>[0]): void {
        this.#rework(() => this.#model.replace(content));
    }

    #drawExample(digit: number): void {
        const strokes = exampleDigit(digit);
        this.#put({ strokes: prefersReducedMotion() ? strokes : [] });
        if (prefersReducedMotion()) return;
        this.#stopReplay = replay(strokes, 600, (soFar, done) => {
            this.#model.undo();
            this.#model.replace({ strokes: soFar });
            this.#canvas.repaint();
            this.#changed(!done);
        });
    }

    #setBrush(value: number): void {
        const brush = Math.round(Math.min(thickest, Math.max(thinnest, value)) * 10) / 10;
        this.#canvas.brush = brush;
        this.#brush.value = String(brush);
        this.#canvas.repaint();
        this.#changed(false);
    }

    #changed(drawing: boolean): void {
        if (!drawing) this.#save();
        this.#refresh();
    }

    #refresh(): void {
        part<HTMLButtonElement>(this.#root, 'undo').disabled = !this.#model.canUndo;
        part<HTMLButtonElement>(this.#root, 'redo').disabled = !this.#model.canRedo;
        const strokes = this.#model.content.strokes.length;
        for (const name of ['pin', 'download']) part<HTMLButtonElement>(this.#root, name).disabled = strokes === 0;
        part<HTMLButtonElement>(this.#root, 'clear').disabled = this.#model.isEmpty;
        part(this.#root, 'hint').hidden = !this.#model.isEmpty;
        this.#ask();
    }

    #ask(): void {
        if (this.#model.isEmpty) {
            this.#requests.reset();
            this.#answer.silence();
            this.#correction.show(null);
            return;
        }

        if (!this.#weights) {
            this.#answer.silence('No weights to read it yet');
            this.#correction.show(null);
            return;
        }

        const { picture } = this.#model.content;
        const shown = picture ? { picture } : { drawing: this.#model.drawing(this.#canvas.brush) };
        this.#requests.ask({ weights: this.#weights, ...shown, center: this.#center.checked, attention: true });
    }

    #answered(answer: Answer, roundTrip: number, { drawing }: Question): void {
        this.#say('');
        if (this.#model.isEmpty) return;
        this.#answer.show(answer, roundTrip);
        const read = answer.reading?.regions[0]?.predicted;
        this.#correction.show(drawing && read !== undefined ? { drawing, readAs: read, weights: answer.weights.id } : null);   // pictures have no strokes to teach
    }

    #failed(error: unknown): void {
        this.#say(error instanceof ApiError ? error.message : 'The server does not answer; the drawing is kept here.');
    }

    async #pin(): Promise<void> {
        try {
            await postJson('/api/probes', this.#model.drawing(this.#canvas.brush));
            this.#status.replaceChildren('Pinned: every run on the ', el('a', { href: '/train' }, 'train page'), ' now shows how it reads this drawing.');
        } catch (error) {
            this.#failed(error);
        }
    }

    #download(): void {
        const line = JSON.stringify(this.#model.drawing(this.#canvas.brush)) + '\n';
        const url = URL.createObjectURL(new Blob([line], { type: 'application/jsonl' }));
        el('a', { href: url, download: 'drawing.jsonl' }).click();
        URL.revokeObjectURL(url);
    }

    #save(): void {
        remember({ content: this.#model.content, brush: this.#canvas.brush, center: this.#center.checked });
    }

    #say(text: string): void {
        setText(this.#status, text);
    }
}

async function ask(question: Question, signal: AbortSignal): Promise<{ answer: Answer; roundTrip: number }> {
    const started = performance.now();
    return { answer: await predict(question, signal), roundTrip: performance.now() - started };
}
