import { postJson } from './api';
import { Cleanup } from './control';
import { el, part, prefersReducedMotion, setText } from './dom';
import { replay } from './example-digits';
import { failureText, type Question } from './predict';
import { StrokeCanvas } from './stroke-canvas';
import { fitDrawing } from './stroke-file';
import { type Paper, StrokeImport } from './stroke-import';
import { KeyboardPen } from './stroke-keyboard';
import type { StrokeActions } from './stroke-keys';
import { recall, remember } from './stroke-memory';
import { type Content, type Drawing, type Extent, type Stroke, StrokeModel } from './stroke-model';

const [thinnest, thickest, brushStep] = [9.8, 42, 2.8];

export interface DeskOptions {
    extent: Extent;
    /** Units to one pixel of a picture that is brought along, which gets the canvas's size; left out, it may have up to a pixel a unit. */
    unitsPerPixel?: number;
    /** What a reload brings the canvas back from: each canvas has a memory of its own. */
    memory: string;
    /** The content, the brush or how a reader gets it has changed. */
    changed(): void;
    /** A drawing was brought along; true when it has been taken. Else it is fitted to the whole canvas. */
    brought?(drawing: Drawing): boolean;
    /** What is downloaded and pinned of a drawing, one for each kind of reader; left out, it is the drawing. */
    exported?(drawing: Drawing): readonly Drawing[];
    /** A tap that could be a dot; true when it meant something else. */
    tapped?(x: number, y: number, event: PointerEvent): boolean;
}

/** A canvas with its pens and tools: everything of a drawing page but the answers. */
export class StrokeDesk implements StrokeActions {
    readonly model: StrokeModel;
    readonly pen: KeyboardPen;
    readonly #root: HTMLElement;
    readonly #options: DeskOptions;
    readonly #canvas: StrokeCanvas;
    /** Null where pictures always stay as they lie. */
    readonly #center: HTMLInputElement | null;
    readonly #brush: HTMLInputElement;
    readonly #cleanup = new Cleanup();
    #touched = performance.now();
    #finishReplay = () => {};

    constructor(root: HTMLElement, options: DeskOptions) {
        [this.#root, this.#options] = [root, options];
        const memory = recall(options.memory, options.extent);
        this.model = new StrokeModel(memory.extent);
        this.#center = root.querySelector<HTMLInputElement>('[data-part="center"]');
        this.#brush = part<HTMLInputElement>(root, 'brush');
        if (memory.content.strokes.length > 0 || memory.content.picture) this.model.replace(memory.content);
        if (this.#center) this.#center.checked = memory.center;
        this.#brush.value = String(memory.brush);
        const canvas = part<HTMLCanvasElement>(root, 'canvas');
        this.#canvas = new StrokeCanvas(canvas, this.model, memory.brush, (live, at) => {
            this.#finishReplay();
            this.#changed(live, at);
        }, options.tapped);
        this.pen = new KeyboardPen(canvas, part(root, 'pen'), this.model, (live, at) => {
            this.#canvas.repaint();
            this.#changed(live, at);
        });
        const files = new StrokeImport(part<HTMLInputElement>(root, 'file'), part(root, 'drop'), () => this.#paper, {
            picture: picture => this.put({ picture }),
            drawing: drawing => this.#bring(drawing),
            failed: message => this.say(message),
        });
        for (const control of [this.#canvas, this.pen, files]) this.#cleanup.add(() => control.dispose());
        this.#listen();
        this.#refresh();
    }

    get isEmpty(): boolean {
        return this.model.isEmpty;
    }

    /** When a hand last changed something, on the clock of `performance.now()`. */
    get touched(): number {
        return this.#touched;
    }

    /** What a reader is asked about. */
    get shown(): Pick<Question, 'drawing' | 'picture' | 'center'> {
        const { picture } = this.model.content;
        return { ...(picture ? { picture } : { drawing: this.drawing }), center: this.#centers };
    }

    /** What pictures are fitted to. */
    get #paper(): Paper {
        const { width, height } = this.model.extent;
        const units = this.#options.unitsPerPixel;
        return { width: width / (units ?? 1), height: height / (units ?? 1), exact: units !== undefined };
    }

    get #centers(): boolean {
        return this.#center?.checked ?? false;
    }

    /** Diameter in units. */
    get brush(): number {
        return this.#canvas.brush;
    }

    get drawing(): Drawing {
        return this.model.drawing(this.#canvas.brush);
    }

    undo = (): void => this.rework(() => this.model.undo());
    redo = (): void => this.rework(() => this.model.redo());
    clear = (): void => this.rework(() => this.model.clear());
    thinner = (): void => this.#setBrush(this.#canvas.brush - brushStep);
    thicker = (): void => this.#setBrush(this.#canvas.brush + brushStep);

    toggleEraser = (): void => {
        this.#canvas.erasing = !this.#canvas.erasing;
        part(this.#root, 'eraser').setAttribute('aria-pressed', String(this.#canvas.erasing));
        this.#root.classList.toggle('erasing', this.#canvas.erasing);
    };

    /** Changes the model otherwise than by hand. */
    rework(change: () => unknown): void {
        this.#finishReplay();
        change();
        this.#canvas.repaint();
        this.#changed(false, performance.now());
    }

    /** Puts something else on the canvas, as one undo step. */
    put(content: Partial<Content>): void {
        this.rework(() => this.model.replace(content));
    }

    /**
     * Says otherwise what the last step put there.
     * @param live While it still goes on.
     */
    amend(content: Partial<Content>, live: boolean): void {
        this.model.amend(content);
        this.#canvas.repaint();
        this.#changed(live, performance.now());
    }

    /** Another size of the canvas; what is drawn stays where it is. */
    resize(extent: Extent): void {
        this.rework(() => this.model.resize(extent));
    }

    /** Another shape of the canvas on which everything is laid out anew. */
    relay(extent: Extent, lay: (strokes: readonly Stroke[]) => readonly Stroke[]): void {
        this.rework(() => this.model.relay(extent, lay));
    }

    /**
     * Puts strokes on the canvas as a hand would draw them, as one undo step.
     * @param keep Which of the strokes that lie there stay.
     * @param milliseconds How long the hand takes.
     */
    play(strokes: readonly Stroke[], keep: (strokes: readonly Stroke[]) => readonly Stroke[] = () => [], milliseconds = 600): void {
        this.#finishReplay();
        const kept = keep(this.model.content.strokes);
        const whole = [...kept, ...strokes];
        if (prefersReducedMotion()) return this.put({ strokes: whole });
        this.put({ strokes: kept });
        const show = (shown: readonly Stroke[], done: boolean) => this.amend({ strokes: shown }, !done);
        const stop = replay(strokes, milliseconds, (soFar, done) => {
            if (done) this.#finishReplay = () => {};
            show([...kept, ...soFar], done);
        });
        this.#finishReplay = () => {
            this.#finishReplay = () => {};
            stop();
            show(whole, true);
        };
    }

    /** A line to the person, for what the canvas cannot show. */
    say(...message: (string | Node)[]): void {
        const status = part(this.#root, 'status');
        if (message.every(piece => typeof piece === 'string')) setText(status, message.join(''));
        else status.replaceChildren(...message);
    }

    dispose(): void {
        this.#finishReplay();
        this.#cleanup.dispose();
    }

    #listen(): void {
        const click = (name: string, action: () => void) => this.#cleanup.listen(part(this.#root, name), 'click', action);
        click('undo', this.undo);
        click('redo', this.redo);
        click('clear', this.clear);
        click('eraser', this.toggleEraser);
        click('upload', () => part<HTMLInputElement>(this.#root, 'file').click());
        click('download', () => this.#download());
        click('pin', () => void this.#pin());
        this.#cleanup.listen(this.#brush, 'input', () => this.#setBrush(Number(this.#brush.value)));
        if (this.#center) this.#cleanup.listen(this.#center, 'change', () => this.#changed(false, performance.now()));
    }

    #setBrush(value: number): void {
        const brush = Math.round(Math.min(thickest, Math.max(thinnest, value)) * 10) / 10;
        this.#canvas.brush = brush;
        this.#brush.value = String(brush);
        this.#canvas.repaint();
        this.#changed(false, performance.now());
    }

    #changed(live: boolean, at: number): void {
        this.#touched = at;
        if (!live) remember(this.#options.memory, { content: this.model.content, extent: this.model.extent, brush: this.#canvas.brush, center: this.#centers });
        this.#refresh();
        this.#options.changed();
    }

    #refresh(): void {
        const button = (name: string) => part<HTMLButtonElement>(this.#root, name);
        button('undo').disabled = !this.model.canUndo;
        button('redo').disabled = !this.model.canRedo;
        button('clear').disabled = this.isEmpty;
        for (const name of ['pin', 'download']) button(name).disabled = this.model.content.strokes.length === 0;
        part(this.#root, 'hint').hidden = !this.isEmpty;
    }

    #bring(drawing: Drawing): void {
        if (this.#options.brought?.(drawing)) return;
        const { strokes, brush } = fitDrawing(drawing, this.model.extent);
        this.#setBrush(brush);
        this.put({ strokes });
    }

    #exported(): Drawing[] {
        const drawings = this.#options.exported?.(this.drawing) ?? [this.drawing];
        return drawings.filter(({ strokes }) => strokes.length > 0);
    }

    #download(): void {
        const lines = this.#exported().map(drawing => JSON.stringify(drawing) + '\n');
        const url = URL.createObjectURL(new Blob(lines, { type: 'application/jsonl' }));
        el('a', { href: url, download: 'drawing.jsonl' }).click();
        URL.revokeObjectURL(url);
    }

    async #pin(): Promise<void> {
        try {
            for (const drawing of this.#exported()) await postJson('/api/probes', drawing);
            this.say('Pinned: every run on the ', el('a', { href: '/train' }, 'train page'), ' that reads this kind of canvas now shows how it reads this drawing.');
        } catch (error) {
            this.say(failureText(error));
        }
    }
}
