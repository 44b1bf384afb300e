import type { Box } from '../shared/box';
import { Cleanup } from '../shared/control';
import { el, setText } from '../shared/dom';
import { followDrag } from '../shared/drag';
import { percent } from '../shared/format';
import type { Extent } from '../shared/stroke-model';
import { isOutside } from './free-place';
import type { Pull } from './object-hand';
import { placeOver } from './place-over';

/** An object as it is shown. */
export interface Shown {
    id: number;
    /** In units. */
    box: Box;
    /** Null for marks that were read as nothing. */
    digit: string | null;
    /** 0 … 1; 0 for such marks. */
    sure: number;
    /** Whether strokes are held by it, so that it can be moved. */
    movable: boolean;
}

export interface ObjectEvents {
    /** @param more With those already chosen instead of alone. */
    choose(id: number, more: boolean): void;
    /** A hand holds it from now on, to move it or to scale it. */
    hold(id: number, how: Pull): void;
    /** @param dx Since it was held, in units. */
    pull(dx: number, dy: number): void;
    /** @param cancelled As if it had never been held. */
    letGo(cancelled: boolean): void;
    key(event: KeyboardEvent, id: number): void;
}

interface Element {
    root: HTMLElement;
    frame: HTMLElement;
    grip: HTMLElement;
    name: HTMLButtonElement;
    /** For people who listen. */
    what: HTMLElement;
    digit: HTMLElement;
    sure: HTMLElement;
    where: HTMLElement;
}

/** From this on an answer is not called unsure. */
const certain = 0.8;

/**
 * The objects over the canvas: a frame where each lies and a name at its corner. They let a hand draw through them; a chosen one can be held, at
 * its lower corner to scale it. Elements are kept from answer to answer; names stay on the canvas even of what lies outside.
 */
export class ObjectLayer {
    readonly #root: HTMLElement;
    readonly #events: ObjectEvents;
    readonly #elements = new Map<number, Element>();
    readonly #cleanup = new Cleanup();
    #extent: Extent = { width: 1, height: 1 };

    constructor(root: HTMLElement, events: ObjectEvents) {
        [this.#root, this.#events] = [root, events];
        this.#cleanup.add(() => root.replaceChildren());
    }

    /**
     * @param objects In reading order.
     * @param chosen Ids.
     */
    show(objects: readonly Shown[], chosen: ReadonlySet<number>, extent: Extent): void {
        this.#extent = extent;
        for (const [id, { root }] of this.#elements) {
            if (objects.some(object => object.id === id)) continue;
            root.remove();
            this.#elements.delete(id);
        }

        objects.forEach((object, index) => {
            const element = this.#elements.get(object.id) ?? this.#open(object.id);
            this.#place(element, object.box);
            this.#write(element, object, chosen.has(object.id), `${index + 1} of ${objects.length}`);
            const before = index === 0 ? null : this.#elements.get(objects[index - 1]!.id)!.root;
            if (element.root.previousElementSibling !== before) this.#reorder(element, before);
        });
    }

    focus(id: number): void {
        this.#elements.get(id)?.name.focus({ preventScroll: true });
    }

    /** The object whose name is at a place of the page. */
    named({ clientX, clientY }: { clientX: number; clientY: number }): number | undefined {
        return [...this.#elements].find(([, { root, name }]) => {
            const { left, right, top, bottom } = name.getBoundingClientRect();
            return !root.matches('.marks:not(.outside)') && clientX >= left && clientX <= right && clientY >= top && clientY <= bottom;
        })?.[0];
    }

    /** Lights up the object that an answer speaks of; −1 for none. */
    point(id: number): void {
        for (const [each, { root }] of this.#elements) root.classList.toggle('pointed', each === id);
    }

    dispose(): void {
        this.#cleanup.dispose();
    }

    /** Tab goes in reading order. A focused element that is moved in the document would lose its focus. */
    #reorder({ root, name }: Element, before: HTMLElement | null): void {
        const focused = document.activeElement === name;
        if (before) before.after(root);
        else this.#root.prepend(root);
        if (focused) name.focus({ preventScroll: true });
    }

    #open(id: number): Element {
        const [what, digit, sure, where] = ['visually-hidden', 'object-digit', 'object-sure', 'visually-hidden'].map(name => el('span', { class: name })) as [HTMLElement, HTMLElement, HTMLElement, HTMLElement];
        const name = el('button', { type: 'button', class: 'object-name', 'aria-pressed': 'false' }, what, ' ', digit, ' ', sure, where);
        const grip = el('span', { class: 'object-grip', 'aria-hidden': 'true', title: 'Drag to scale (+ and −)' });
        const frame = el('div', { class: 'object-frame' }, grip);
        const root = el('div', { class: 'object', 'data-object': id }, frame, name);
        const element = { root, frame, grip, name, what, digit, sure, where };
        name.addEventListener('pointerdown', event => this.#press(name, event, id, 'move'));
        name.addEventListener('click', event => event.detail === 0 && this.#events.choose(id, event.shiftKey));   // by keyboard; a pointer's press says it itself
        name.addEventListener('keydown', event => this.#events.key(event, id));
        frame.addEventListener('pointerdown', event => this.#press(frame, event, id, 'move'));
        grip.addEventListener('pointerdown', event => {
            event.stopPropagation();
            this.#press(grip, event, id, 'scale');
        });
        this.#root.append(root);
        this.#elements.set(id, element);
        return element;
    }

    #press(element: HTMLElement, down: PointerEvent, id: number, how: Pull): void {
        const paper = this.#root.getBoundingClientRect();
        const { root } = this.#elements.get(id)!;
        followDrag(element, down, {
            begin: () => {
                root.classList.add('held');
                this.#events.hold(id, how);
            },
            move: (dx, dy) => this.#events.pull((dx / paper.width) * this.#extent.width, (dy / paper.height) * this.#extent.height),
            drop: () => this.#letGo(root, false),
            click: event => {
                if (how === 'move') this.#events.choose(id, event.shiftKey);
            },
            cancel: () => this.#letGo(root, true),
        });
    }

    #letGo(root: HTMLElement, cancelled: boolean): void {
        root.classList.remove('held');
        this.#events.letGo(cancelled);
    }

    /** The name stands at the frame's upper corner, or at the rim nearest to it. */
    #place({ root, frame, name }: Element, box: Box): void {
        placeOver(frame, box, this.#extent);
        name.style.setProperty('--x', frame.style.left);
        name.style.setProperty('--y', frame.style.top);
        root.classList.toggle('outside', isOutside(box, this.#extent));
    }

    #write({ root, grip, name, what, digit, sure, where }: Element, shown: Shown, chosen: boolean, place: string): void {
        root.classList.toggle('chosen', chosen);
        root.classList.toggle('marks', shown.digit === null);
        root.classList.toggle('unsure', shown.digit !== null && shown.sure < certain);
        root.classList.toggle('movable', shown.movable);
        grip.hidden = !shown.movable;
        root.style.setProperty('--digit', shown.digit === null ? 'var(--ink-faint)' : `var(--digit-${shown.digit})`);
        setText(digit, shown.digit ?? '?');
        setText(sure, shown.digit === null ? '' : percent(shown.sure, 0));
        setText(what, shown.digit === null ? 'Marks, read as nothing:' : 'Read as');
        setText(where, `${shown.digit === null ? '' : ' sure'}${root.classList.contains('outside') ? ', outside the canvas' : ''}, ${place}`);
        if (name.getAttribute('aria-pressed') !== String(chosen)) name.setAttribute('aria-pressed', String(chosen));
    }
}
