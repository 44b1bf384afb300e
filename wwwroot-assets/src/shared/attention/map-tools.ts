import { el } from '../dom';

/** A small switch beside a map. */
export function chip(text: string, title: string, press: () => void, part?: string): HTMLButtonElement {
    const button = el('button', { type: 'button', class: 'chip', 'data-part': part, title, 'aria-pressed': 'false' }, text);
    button.addEventListener('click', press);
    return button;
}

export function press(button: HTMLButtonElement, pressed: boolean): void {
    button.setAttribute('aria-pressed', String(pressed));
}

/** The slider that lets the picture through the map. */
export function opacitySlider(opacity: number, choose: (opacity: number) => void): HTMLElement {
    const input = el('input', { type: 'range', min: 0, max: 1, step: 0.05, value: opacity });
    input.addEventListener('input', () => choose(Number(input.value)));
    return el('label', { class: 'map-opacity', title: 'How much of the map lies over the picture' }, 'map', input);
}

/** The colours of a map from 0 to `end`. */
export function legend(end: HTMLElement): HTMLElement {
    return el('p', { class: 'map-legend', title: 'Colours of the map: from nothing to the weight at the right' }, el('span', {}, '0'), end);
}
