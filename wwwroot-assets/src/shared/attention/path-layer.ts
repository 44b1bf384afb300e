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
 * through, what is still to come is dotted, and a ring glides to the present step.
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
        this.element.setAttribute('viewBox', `0 0 ${size} ${this.#height}`);
        this.#places = apart(places, (2 * radius + 6) / size).map(({ x, y }) => ({ x: x * size, y: y * this.#height }));
        this.#lines.replaceChildren(...this.#places.slice(1).map((to, index) => this.#line(this.#places[index]!, to)));
        this.#marks.replaceChildren(...this.#places.map((place, index) => svg('g', { class: 'path-mark', transform: `translate(${place.x} ${place.y})` },
            svg('circle', { r: radius }), svg('text', { dy: '0.36em' }, String(index + 1)))));
    }

    /** @param step The mark to emphasise; past the last one all is written. */
    select(step: number): void {
        [...this.#marks.children].forEach((mark, index) => mark.setAttribute('data-when', index < step ? 'past' : index === step ? 'now' : 'next'));
        [...this.#lines.children].forEach((line, index) => line.setAttribute('data-when', index < step ? 'past' : 'next'));
        const here = this.#places[step];
        this.#ring.toggleAttribute('hidden', !here);
        if (here) this.#ring.style.transform = `translate(${here.x}px, ${here.y}px)`;
    }

    #line(from: Point, to: Point): SVGElement {
        const group = svg('g', {});
        const ends = between(from, to, radius + 3);
        if (!ends) return group;
        const line = { x1: ends.from.x, y1: ends.from.y, x2: ends.to.x, y2: ends.to.y };
        group.append(svg('line', { class: 'path-casing', ...line }), svg('line', { class: 'path-line', ...line }));
        return group;
    }
}
