type Attributes = Record<string, string | number | boolean | null | undefined>;

/** A new element: `el('span', { class: 'value' }, '7')`. True sets an empty attribute; false, null and undefined leave it out. */
export function el<K extends keyof HTMLElementTagNameMap>(tag: K, attributes: Attributes = {}, ...children: (Node | string)[]): HTMLElementTagNameMap[K] {
    const element = document.createElement(tag);
    for (const [name, value] of Object.entries(attributes)) {
        if (value === true) element.setAttribute(name, '');
        else if (value !== false && value !== null && value !== undefined) element.setAttribute(name, String(value));
    }

    element.append(...children);
    return element;
}

/** The element inside `root` with `data-part="name"`; an error names it when the markup lacks it. */
export function part<T extends HTMLElement = HTMLElement>(root: ParentNode, name: string): T {
    const found = root.querySelector<T>(`[data-part="${name}"]`);
    if (!found) throw new Error(`The markup has no element with data-part="${name}".`);
    return found;
}

export function setText(element: Element, text: string): void {
    if (element.textContent !== text) element.textContent = text;
}

/** Calls back once what was changed just now is on the screen. */
export function afterPaint(callback: () => void): void {
    requestAnimationFrame(() => {
        const { port1, port2 } = new MessageChannel();   // its message comes after the frame, and sooner than any timer
        port1.onmessage = callback;
        port2.postMessage(null);
    });
}

export function prefersReducedMotion(): boolean {
    return matchMedia('(prefers-reduced-motion: reduce)').matches;
}

/** True while the user is typing, so that single-key shortcuts keep out of the way. */
export function isTyping(event: KeyboardEvent): boolean {
    const target = event.target as HTMLElement | null;
    return !!target?.closest('input:not([type=checkbox]):not([type=radio]):not([type=range]), textarea, select, [contenteditable], dialog[open] input');
}
