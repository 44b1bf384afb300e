import type { Answering } from '../shared/answering';
import { Cleanup, type Control, type Owner } from '../shared/control';
import { part, setText } from '../shared/dom';
import { failureText } from '../shared/predict';
import { StrokeDesk } from '../shared/stroke-desk';
import { handleStrokeKey } from '../shared/stroke-keys';
import type { Drawing } from '../shared/stroke-model';
import { Arranging, type Paper } from './arranging';
import { CanvasObjects } from './canvas-objects';
import { CanvasReader } from './canvas-reader';
import { readingWords } from './canvas-words';
import { ChosenView } from './chosen-view';
import { digitAlone } from './digit-alone';
import { FoundView } from './found-view';
import { isOutside } from './free-place';
import { Marquee } from './marquee';
import { ObjectHand, type Pull } from './object-hand';
import { ObjectLayer } from './object-layer';
import { randomDigit, SampleDigits } from './sample-digits';
import { ScenePanel } from './scene-panel';
import { SizeControl } from './size-control';
import { samples, shareInside } from './stroke-geometry';

interface Options extends Paper {
    answering: Answering;
}

export function create(root: HTMLElement, _owner: Owner, options: Options): CanvasBoard {
    return new CanvasBoard(root, options);
}

/** The page of the free canvas: digits anywhere, found while the hand still moves, each an object of its own. */
class CanvasBoard implements Control {
    readonly #root: HTMLElement;
    readonly #desk: StrokeDesk;
    readonly #objects = new CanvasObjects();
    readonly #reader: CanvasReader;
    readonly #hand: ObjectHand;
    readonly #arranging: Arranging;
    readonly #layer: ObjectLayer;
    readonly #found: FoundView;
    readonly #chosen: ChosenView;
    readonly #size: SizeControl;
    readonly #samples: SampleDigits;
    readonly #cleanup = new Cleanup();
    /** What the pull of a hand does to what it holds. */
    #pull: (dx: number, dy: number) => void = () => {};

    constructor(root: HTMLElement, { answering, ...paper }: Options) {
        this.#root = root;
        const { usual } = paper.limits;
        this.#desk = new StrokeDesk(root, {
            extent: { width: usual, height: usual }, unitsPerPixel: paper.unitsPerPixel, memory: 'canvas', changed: () => this.#changed(), brought: drawing => this.#arranging.bring(drawing),
            tapped: (x, y, event) => this.#tapped(x, y, event),
        });
        this.#reader = new CanvasReader(root, this.#desk, paper.unitsPerPixel, {
            read: found => {
                this.#objects.read(found, this.#desk.model.content.strokes);
                this.#show();
                this.#look();
            },
            failed: error => this.#desk.say(failureText(error)),
        });
        this.#hand = new ObjectHand(this.#desk, this.#objects, () => this.#reader.settle());
        this.#arranging = new Arranging(this.#desk, this.#objects, paper, () => this.#reader.settle());
        this.#layer = new ObjectLayer(part(root, 'objects'), {
            choose: (id, more) => this.#choose(id, more),
            hold: (id, how) => this.#hold(id, how),
            pull: (dx, dy) => this.#pull(dx, dy),
            letGo: cancelled => this.#objects.isHeld && this.#hand.letGo(cancelled),
            key: (event, id) => this.#objectKey(event, id),
        });
        this.#found = new FoundView(part(root, 'found'), { choose: (id, more) => this.#choose(id, more), point: id => this.#layer.point(id) });
        this.#chosen = new ChosenView(root);
        this.#size = new SizeControl(root, paper.unitsPerPixel, extent => this.#arranging.resize(extent));
        this.#samples = new SampleDigits(root, part(root, 'drop'), (digit, share) => this.#arranging.put(digit, share), error => this.#desk.say(failureText(error)));
        const marquee = new Marquee(part(root, 'canvas'), part(root, 'marquee'), () => this.#desk.model.extent, {
            enclosed: box => this.#bind(this.#desk.model.content.strokes.filter(stroke => shareInside(samples(stroke), box) > 0.5)),
            clicked: (x, y, event) => this.#tapped(x, y, event),
        });
        const scenes = new ScenePanel(part<HTMLDetailsElement>(root, 'scenes'), scene => this.#arranging.putScene(scene));
        for (const control of [this.#desk, this.#reader, this.#layer, this.#chosen, this.#size, this.#samples, marquee, scenes]) this.#cleanup.add(() => control.dispose());
        this.#listen();
        this.setWeights(answering);
        root.dataset['ready'] = 'true';
    }

    /** Other weights answer from now on. */
    setWeights(answering: Answering): void {
        this.#chosen.open(answering.classes);
        this.#reader.follow(answering);
        this.#changed();
    }

    dispose(): void {
        this.#cleanup.dispose();
    }

    #listen(): void {
        const click = (name: string, action: () => void) => this.#cleanup.listen(part(this.#root, name), 'click', action);
        click('object-delete', this.#delete);
        click('object-smaller', () => this.#scale(false));
        click('object-larger', () => this.#scale(true));
        click('bring-in', () => this.#arranging.bringIn());
        this.#cleanup.listen(document, 'keydown', (event: KeyboardEvent) => handleStrokeKey(event, this.#desk, pressed => this.#key(pressed)));
        this.#cleanup.listen(document, 'keyup', () => this.#hand.release());
        this.#cleanup.listen(window, 'blur', () => this.#hand.release());
    }

    #key({ key, shiftKey }: KeyboardEvent): (() => void) | undefined {
        if (/^[0-9]$/.test(key)) return () => this.#reader.chooseHead(Number(key));
        if (key === 'Delete') return shiftKey ? this.#desk.clear : this.#delete;
        if (key === 'Escape') return this.#objects.chosen.length > 0 ? () => this.#chooseNone() : undefined;
        if ('+=-'.includes(key)) return this.#movable ? () => this.#hand.resize(key !== '-') : undefined;
        return ({ r: () => void this.#samples.fetch(randomDigit(), null), n: () => this.#chosen.focus(), p: this.#reader.togglePresence } as Record<string, () => void>)[key.toLowerCase()];
    }

    /** Keys on an object's name: arrows move it when it is chosen, and lead to its neighbours when it is not. */
    #objectKey(event: KeyboardEvent, id: number): void {
        if (event.ctrlKey || event.metaKey || event.altKey || !event.key.startsWith('Arrow')) return;
        event.preventDefault();
        event.stopPropagation();
        if (this.#objects.chosenIds.has(id)) {
            if (this.#movable) this.#hand.arrow(event);
            return;
        }

        const all = this.#objects.all;
        const beside = all[all.findIndex(object => object.id === id) + (event.key === 'ArrowRight' || event.key === 'ArrowDown' ? 1 : -1)];
        if (beside) this.#layer.focus(beside.id);
    }

    get #movable(): boolean {
        return this.#objects.chosen.some(({ strokes }) => strokes.length > 0);
    }

    /** A tap on an object or its name chooses it, one beside it lets it go; else it is a dot. The dot that the tap has drawn is none of them. */
    #tapped(x: number, y: number, event: PointerEvent): boolean {
        this.#objects.redrawn(this.#desk.model.finished.strokes);
        const id = this.#layer.named(event) ?? this.#objects.at(x, y)?.id;
        if (id === undefined && this.#objects.chosen.length === 0) return false;
        if (id === undefined) this.#chooseNone();
        else this.#choose(id, event.shiftKey);
        return true;
    }

    #choose(id: number, more: boolean): void {
        this.#objects.choose(id, more);
        this.#show();
        this.#look();
        this.#layer.focus(id);
    }

    #chooseNone(): void {
        this.#objects.chooseNone();
        this.#show();
    }

    #bind(strokes: readonly (readonly number[])[]): void {
        if (strokes.length === 0) return;
        this.#objects.bind(strokes, this.#desk.model.content.strokes);
        this.#show();
    }

    #hold(id: number, how: Pull): void {
        this.#pull = () => {};
        if (!this.#movable) return this.#desk.say('This was read off a picture, which has no strokes to move.');
        const { width, height } = this.#objects.chosen.find(object => object.id === id)!.box;
        this.#hand.hold();
        this.#pull = how === 'move' ? (dx, dy) => this.#hand.move(dx, dy) : (dx, dy) => this.#hand.scale(1 + (dx * width + dy * height) / (width * width + height * height));   // along the diagonal
    }

    #scale(larger: boolean): void {
        this.#hand.resize(larger);
        this.#hand.release();
    }

    #delete = (): void => {
        if (!this.#movable) return this.#desk.say(this.#desk.isEmpty ? '' : 'Choose a digit to delete it; Shift Del clears all.');
        const focused = part(this.#root, 'objects').contains(document.activeElement);
        this.#arranging.delete();
        const [next] = this.#objects.all;
        if (focused && next) this.#layer.focus(next.id);
        else if (focused) part(this.#root, 'canvas').focus();
    };

    /** What lies on the canvas has changed; the newest answer still stands. */
    #changed(): void {
        const { extent, content } = this.#desk.model;
        this.#size.show(extent);
        part(this.#root, 'drop').style.setProperty('--paper-ratio', String(extent.width / extent.height));
        if (this.#desk.isEmpty) this.#empty();
        else this.#objects.redrawn(content.strokes);
        this.#show();
        this.#reader.ask();
    }

    #empty(): void {
        this.#objects.clear();
        this.#reader.silence();
    }

    /** Where the model looks from the middle of what is chosen. */
    #look(): void {
        const [chosen] = this.#objects.chosen;
        if (chosen?.found && !this.#objects.isHeld) this.#reader.look(chosen.box);
    }

    #show(): void {
        const { extent } = this.#desk.model;
        const { all, chosen, chosenIds } = this.#objects;
        this.#layer.show(all.map(({ id, box, found, strokes }) => ({ id, box, digit: found?.digit ?? null, sure: found?.sure ?? 0, movable: strokes.length > 0 })), chosenIds, extent);
        this.#found.show(all, chosenIds);
        this.#chosen.show(chosen, this.#subject());
        for (const name of ['smaller', 'larger', 'delete']) part<HTMLButtonElement>(this.#root, `object-${name}`).disabled = !this.#movable;
        this.#say();
        this.#tellOutside(all.filter(({ box }) => isOutside(box, extent)).length);
    }

    /** Nothing is said anew while the first answer is on its way. */
    #say(): void {
        const drawn = !this.#desk.isEmpty;
        const line = part(this.#root, 'reading');
        if (drawn && !this.#reader.canAnswer) setText(line, 'No weights to read it yet');
        else if (!drawn || this.#reader.answer) setText(line, readingWords(this.#objects.all.flatMap(({ found }) => (found ? Number(found.digit) : [])), drawn));
    }

    #tellOutside(outside: number): void {
        const [lies, them] = outside === 1 ? ['1 digit lies', 'it'] : [`${outside} digits lie`, 'them'];
        setText(part(this.#root, 'outside-words'), outside === 0 ? '' : `${lies} outside the canvas; a larger canvas shows ${them} again.`);
        part(this.#root, 'bring-in').hidden = outside === 0;
    }

    /** What can be corrected: the strokes of what is chosen, as one digit. */
    #subject(): { drawing: Drawing; readAs: number | null; weights: string } | null {
        const chosen = this.#objects.chosen;
        const strokes = chosen.flatMap(object => object.strokes);
        const weights = this.#reader.answer?.weights.id;
        if (strokes.length === 0 || !weights) return null;
        const readAs = chosen.length === 1 && chosen[0]!.found ? Number(chosen[0]!.found.digit) : null;
        return { drawing: digitAlone(strokes, this.#desk.brush), readAs, weights };
    }
}
