import { AttentionMaps } from '../shared/attention/attention-maps';
import { firstChoice, mapOf, scaleEnd, within } from '../shared/attention/map-choice';
import { PictureMap } from '../shared/attention/picture-map';
import { bytesFromBase64 } from '../shared/base64';
import { Cleanup, type Control, type Owner } from '../shared/control';
import { part, prefersReducedMotion, setText } from '../shared/dom';
import { exampleDigit, replay } from '../shared/example-digits';
import { percent } from '../shared/format';
import { LatestWins } from '../shared/latest-wins';
import { predict, type Answer, type Question } from '../shared/predict';
import { ProbabilityBars } from '../shared/probability-bars';
import { cellUnits, singleCell, type Stroke } from '../shared/stroke-model';
import { whileVisible } from '../shared/visibility';

interface Options {
    weights: string | null;
    classes: string[];
}

/** The order in which digits come: neighbours look unlike each other. */
const programme = [7, 3, 5, 2, 8, 4, 6, 9, 0, 1];
const [drawingTime, layerTime, restTime] = [1300, 900, 1200];

export function create(root: HTMLElement, _owner: Owner, options: Options): Control {
    return new ReadingDemo(root, options);
}

/** Draws digit after digit, asks the model while drawing, then shows where each layer looks. */
class ReadingDemo implements Control {
    readonly #root: HTMLElement;
    readonly #weights: string | null;
    readonly #bars: ProbabilityBars;
    readonly #requests: LatestWins<Question, Answer>;
    readonly #cleanup = new Cleanup();
    readonly #map: PictureMap;
    #maps: AttentionMaps | null = null;
    #layer = -1;
    #turn = 0;
    #paused = prefersReducedMotion();
    #visible = false;
    #stopDrawing = () => {};
    #timer: ReturnType<typeof setTimeout> | undefined;

    constructor(root: HTMLElement, { weights, classes }: Options) {
        [this.#root, this.#weights] = [root, weights];
        this.#bars = new ProbabilityBars(part(root, 'bars'), classes);
        this.#requests = new LatestWins(predict, answer => this.#show(answer), () => undefined, 60);
        this.#cleanup.listen(part(root, 'pause'), 'click', () => this.#pause(!this.#paused));
        this.#map = new PictureMap(part(root, 'stack'));
        this.#cleanup.add(() => this.#map.dispose());
        this.#cleanup.add(whileVisible(root, () => {
            this.#visible = true;
            this.#go();
            return () => {
                this.#visible = false;
                this.#halt();
            };
        }));
        this.#pause(this.#paused);
        if (this.#paused) this.#read(exampleDigit(programme[0]!));
    }

    dispose(): void {
        this.#halt();
        this.#requests.reset();
        this.#cleanup.dispose();
    }

    #pause(paused: boolean): void {
        this.#paused = paused;
        const button = part(this.#root, 'pause');
        button.setAttribute('aria-pressed', String(paused));
        this.#halt();
        this.#go();
    }

    #go(): void {
        if (this.#visible && !this.#paused) this.#drawNext();
    }

    #halt(): void {
        this.#stopDrawing();
        clearTimeout(this.#timer);
    }

    #drawNext(): void {
        this.#layer = -1;
        const digit = programme[this.#turn++ % programme.length]!;
        this.#stopDrawing = replay(exampleDigit(digit), drawingTime, (soFar, done) => {
            this.#read(soFar);
            if (done) this.#timer = setTimeout(() => this.#sweep(0), layerTime);
        });
    }

    /** Layer by layer, the patches that the answer's token looks at. */
    #sweep(layer: number): void {
        if (!this.#maps || layer >= this.#maps.layers) {
            this.#timer = setTimeout(() => this.#drawNext(), restTime);
            return;
        }

        this.#layer = layer;
        this.#paint();
        this.#timer = setTimeout(() => this.#sweep(layer + 1), layerTime);
    }

    #read(strokes: readonly Stroke[]): void {
        if (strokes.length === 0) return;
        if (!this.#weights) {
            this.#drawLocally(strokes);
            return;
        }

        this.#requests.ask({ weights: this.#weights, drawing: { ...singleCell, strokes }, center: true, attention: true });
    }

    #show({ reading, seen, attention }: Answer): void {
        const region = reading?.regions[0];
        if (!region || !seen) return;
        this.#map.setPicture({ ...seen, pixels: bytesFromBase64(seen.pixels) });
        this.#maps = attention && new AttentionMaps(attention);
        this.#bars.update(region.probabilities, region.predicted);
        setText(part(this.#root, 'verdict'), reading!.text);
        setText(part(this.#root, 'sure'), `${percent(region.probabilities[region.predicted]!)} sure`);
        this.#paint();
    }

    #paint(): void {
        const maps = this.#maps;
        if (!maps) return;
        const choice = within({ ...firstChoice, layer: this.#layer }, maps);
        const values = mapOf(maps, choice);
        this.#map.paint({ values, width: maps.gridWidth, height: maps.gridHeight, end: scaleEnd(maps, choice, values) }, choice);
        setText(part(this.#root, 'caption'), `Layer ${choice.layer + 1} of ${maps.layers}: where the answer is gathered from`);
    }

    /** Without a model nothing is normalised: the strokes themselves, coarse as the model would see them. */
    #drawLocally(strokes: readonly Stroke[]): void {
        this.#map.draw(canvas => {
            const context = canvas.getContext('2d')!;
            context.setTransform(1, 0, 0, 1, 0, 0);
            context.clearRect(0, 0, canvas.width, canvas.height);
            context.setTransform(canvas.width / cellUnits, 0, 0, canvas.height / cellUnits, 0, 0);
            context.strokeStyle = 'white';
            context.lineWidth = 24;
            context.lineCap = context.lineJoin = 'round';
            for (const stroke of strokes) {
                context.beginPath();
                for (let index = 0; index < stroke.length; index += 2) context.lineTo(stroke[index]!, stroke[index + 1]!);
                context.stroke();
            }
        });
    }
}
