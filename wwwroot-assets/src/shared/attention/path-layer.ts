import { apart, between, type Point } from './reading-path';

const svg = <K extends keyof SVGElementTagNameMap>(name: K, attributes: Record<string, string | number>, ...children: (Node | string)[]): SVGElementTagNameMap[K] => {
    const element = document.createElementNS('http://www.w3.org/2000/svg', name);
    for (const [key, value] of Object.entries(attributes)) element.setAttribute(key, String(value));
    element.append(...children);
    return element;
};

/** Width of the drawing in its own units; marks and numbers are sized in them, so they grow with the picture. */
const size = 400;
const radius = 15;

/**
 * The reading path over a picture: a numbered mark where each step looks, joined in the order of writing. What is written is drawn
 * through, what is still to come is dotted, and a ring is around the present step.
 */
export class PathLayer {
    readonly element = svg('svg', { class: 'path-layer', viewBox: `0 0 ${size} ${size}`, preserveAspectRatio: 'none', 'aria-hidden': 'true' });
    readonly #lines = svg('g', {});
    readonly #marks = svg('g', {});
    readonly #ring = svg('circle', { class: 'path-ring', r: radius + 7 });
    #places: Point[] = [];
    #height = size;

    constructor() {
        this.element.append(this.#lines, this.#ring, this.#marks);
    }

    /** @param ratio Width of the picture divided by its height. */
    show(places: readonly Point[], ratio: number): void {
        this.#height = size / ratio;
        write(this.element, { viewBox: `0 0 ${size} ${this.#height}` });
        this.#places = apart(places, (2 * radius + 6) / size).map(({ x, y }) => ({ x: x * size, y: y * this.#height }));
        keep(this.#lines, this.#places.length - 1, () => svg('g', {}, svg('line', { class: 'path-casing' }), svg('line', { class: 'path-line' })));
        keep(this.#marks, this.#places.length, index => svg('g', { class: 'path-mark' }, svg('circle', { r: radius }), svg('text', { dy: '0.36em' }, String(index + 1))));
        [...this.#lines.children].forEach((line, index) => this.#join(line, this.#places[index]!, this.#places[index + 1]!));
        [...this.#marks.children].forEach((mark, index) => write(mark, { transform: `translate(${this.#places[index]!.x} ${this.#places[index]!.y})` }));
    }

    /** @param step The mark to emphasise; past the last one all is written. */
    select(step: number): void {
        [...this.#marks.children].forEach((mark, index) => write(mark, { 'data-when': index < step ? 'past' : index === step ? 'now' : 'next' }));
        [...this.#lines.children].forEach((line, index) => write(line, { 'data-when': index < step ? 'past' : 'next' }));
        const here = this.#places[step];
        this.#ring.toggleAttribute('hidden', !here);
        if (here) this.#ring.style.transform = `translate(${here.x}px, ${here.y}px)`;
    }

    #join(line: Element, from: Point, to: Point): void {
        const ends = between(from, to, radius + 3);
        line.toggleAttribute('hidden', !ends);
        if (ends) for (const stroke of line.children) write(stroke, { x1: ends.from.x, y1: ends.from.y, x2: ends.to.x, y2: ends.to.y });
    }
}

/** As many children as there are things to show. */
function keep(parent: Element, count: number, make: (index: number) => Element): void {
    while (parent.childElementCount > Math.max(0, count)) parent.lastElementChild!.remove();
    while (parent.childElementCount < count) parent.append(make(parent.childElementCount));
}

/** Sets only what is different, because the browser repaints what is set. */
function write(element: Element, attributes: Record<string, string | number>): void {
    for (const [name, value] of Object.entries(attributes)) if (element.getAttribute(name) !== String(value)) element.setAttribute(name, String(value));
}
