import { Cleanup } from './control';
import { token } from './colors';
import { PointerArbiter } from './pointer-arbiter';
import type { Content, Extent, Stroke, StrokeModel } from './stroke-model';
import { onThemeChange } from './theme';
import type { Picture } from './digit-tile';

/** Movement of a pressed pointer, in pixels of the page, up to which it was a tap. */
const tapReach = 5;

/** Draws strokes as the hand makes them, sharp on every display; tells whenever the content changed. */
export class StrokeCanvas {
    brush: number;
    erasing = false;
    readonly #canvas: HTMLCanvasElement;
    readonly #model: StrokeModel;
    readonly #changed: (live: boolean, at: number) => void;
    readonly #tapped: (x: number, y: number, event: PointerEvent) => boolean;
    readonly #cleanup = new Cleanup();
    readonly #arbiter = new PointerArbiter();
    #frame = 0;
    /** Where the pointer went down on the page; null once it has moved too far for a tap. */
    #pressed: [x: number, y: number] | null = null;

    /**
     * @param changed Called with true while the stroke is still going on, and the moment of the hand's movement on the clock of `performance.now()`.
     * @param tapped Asked whether a tap at a place meant something else than a dot.
     */
    constructor(
        canvas: HTMLCanvasElement, model: StrokeModel, brush: number, changed: (live: boolean, at: number) => void,
        tapped: (x: number, y: number, event: PointerEvent) => boolean = () => false,
    ) {
        [this.#canvas, this.#model, this.brush, this.#changed, this.#tapped] = [canvas, model, brush, changed, tapped];
        this.#cleanup.listen(canvas, 'pointerdown', event => this.#down(event));
        this.#cleanup.listen(canvas, 'pointermove', event => this.#move(event));
        this.#cleanup.listen(canvas, 'pointerup', event => this.#up(event));
        this.#cleanup.listen(canvas, 'pointercancel', event => this.#cancel(event));
        this.#cleanup.add(onThemeChange(() => this.repaint()));
        const observer = new ResizeObserver(() => this.repaint());
        observer.observe(canvas);
        this.#cleanup.add(() => observer.disconnect());
        this.#cleanup.add(() => cancelAnimationFrame(this.#frame));
    }

    repaint(): void {
        this.#frame ||= requestAnimationFrame(() => {
            this.#frame = 0;
            paintContent(this.#canvas, this.#model.content, this.brush, this.#model.extent);
        });
    }

    dispose(): void {
        this.#cleanup.dispose();
    }

    #down(event: PointerEvent): void {
        const verdict = this.#arbiter.down(event);
        if (verdict === 'ignore') return;
        if (verdict === 'takeover') this.#model.discard();
        event.preventDefault();
        this.#canvas.focus({ preventScroll: true });
        this.#canvas.setPointerCapture(event.pointerId);
        this.#pressed = [event.clientX, event.clientY];
        const [x, y] = this.#place(event);
        if (this.erasing) {
            this.#model.beginErasing();
            this.#model.eraseAt(x, y, this.brush);
        } else {
            this.#model.begin(x, y);
        }

        this.#tell(true, event);
    }

    #move(event: PointerEvent): void {
        if (!this.#arbiter.owns(event)) return;
        if (this.#pressed && Math.hypot(event.clientX - this.#pressed[0], event.clientY - this.#pressed[1]) > tapReach) this.#pressed = null;
        const samples = event.getCoalescedEvents?.() ?? [];
        let changed = !this.erasing;
        for (const sample of samples.length > 0 ? samples : [event]) {
            const [x, y] = this.#place(sample);
            if (this.erasing) changed = this.#model.eraseAt(x, y, this.brush) || changed;
            else this.#model.extend(x, y);
        }

        if (changed) this.#tell(true, event);
    }

    #up(event: PointerEvent): void {
        if (!this.#arbiter.owns(event)) return;
        this.#arbiter.release();
        if (this.erasing) this.#model.endErasing();
        else if (this.#pressed && this.#tapped(...this.#place(event), event)) this.#model.discard();
        else this.#model.commit();
        this.#tell(false, event);
    }

    #cancel(event: PointerEvent): void {
        if (!this.#arbiter.owns(event)) return;
        this.#arbiter.release();
        this.#model.discard();
        this.#tell(false, event);
    }

    #tell(live: boolean, { timeStamp }: Event): void {
        this.repaint();
        this.#changed(live, timeStamp);
    }

    #place(event: MouseEvent): [x: number, y: number] {
        const box = this.#canvas.getBoundingClientRect();
        const { width, height } = this.#model.extent;
        return [((event.clientX - box.left) / box.width) * width, ((event.clientY - box.top) / box.height) * height];
    }
}

/** Paints the content at the canvas's own size on the page, in the theme's ink. */
export function paintContent(canvas: HTMLCanvasElement, content: Content, brush: number, extent: Extent): void {
    const scale = Math.max(1, devicePixelRatio);
    const [width, height] = [Math.round(canvas.clientWidth * scale), Math.round(canvas.clientHeight * scale)];
    if (width === 0 || height === 0) return;
    if (canvas.width !== width || canvas.height !== height) [canvas.width, canvas.height] = [width, height];
    const context = canvas.getContext('2d')!;
    context.setTransform(1, 0, 0, 1, 0, 0);
    context.clearRect(0, 0, width, height);
    context.setTransform(width / extent.width, 0, 0, height / extent.height, 0, 0);
    if (content.picture) paintContained(context, content.picture, extent);
    context.strokeStyle = context.fillStyle = token('--canvas-ink');
    context.lineWidth = brush;
    context.lineCap = context.lineJoin = 'round';
    for (const stroke of content.strokes) paintStroke(context, stroke, brush);
}

/** Through the midpoints of the samples, so that a fast hand leaves curves, not corners. */
function paintStroke(context: CanvasRenderingContext2D, stroke: Stroke, brush: number): void {
    context.beginPath();
    if (stroke.length === 2) {
        context.arc(stroke[0]!, stroke[1]!, brush / 2, 0, 2 * Math.PI);
        context.fill();
        return;
    }

    context.moveTo(stroke[0]!, stroke[1]!);
    for (let index = 2; index + 3 < stroke.length; index += 2) {
        context.quadraticCurveTo(stroke[index]!, stroke[index + 1]!, (stroke[index]! + stroke[index + 2]!) / 2, (stroke[index + 1]! + stroke[index + 3]!) / 2);
    }

    context.lineTo(stroke.at(-2)!, stroke.at(-1)!);
    context.stroke();
}

function paintContained(context: CanvasRenderingContext2D, { width, height, pixels }: Picture, extent: Extent): void {
    const bitmap = new OffscreenCanvas(width, height);
    const image = new ImageData(width, height);
    for (let index = 0; index < pixels.length; index++) image.data.set([pixels[index]!, pixels[index]!, pixels[index]!, 255], index * 4);
    bitmap.getContext('2d')!.putImageData(image, 0, 0);
    const scale = Math.min(extent.width / width, extent.height / height);
    context.drawImage(bitmap, (extent.width - width * scale) / 2, (extent.height - height * scale) / 2, width * scale, height * scale);
}
