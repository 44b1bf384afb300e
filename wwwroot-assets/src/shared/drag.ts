/** What a press of a pointer becomes. */
export interface DragEvents {
    /** It has moved far enough to be a drag. */
    begin(): void;
    /** @param dx From where it was pressed, in pixels of the page. */
    move(dx: number, dy: number, event: PointerEvent): void;
    /** It was let go after it had moved. */
    drop(event: PointerEvent): void;
    /** It was let go where it was pressed. */
    click(event: PointerEvent): void;
    /** The browser took it away after it had moved: as if it had never begun. */
    cancel(): void;
}

/** Movement of a pressed pointer, in pixels of the page, from which on it drags. */
const slack = 6;

/** Follows a pressed pointer until it is let go; the main button of a mouse only. */
export function followDrag(element: HTMLElement, down: PointerEvent, events: DragEvents): void {
    if (down.button !== 0) return;
    element.setPointerCapture(down.pointerId);
    const following = new AbortController();
    const listen = (type: string, handler: (event: PointerEvent) => void) => element.addEventListener(type, handler as EventListener, { signal: following.signal });
    let dragging = false;
    listen('pointermove', event => {
        const [dx, dy] = [event.clientX - down.clientX, event.clientY - down.clientY];
        if (!dragging && Math.hypot(dx, dy) <= slack) return;
        if (!dragging) events.begin();
        dragging = true;
        events.move(dx, dy, event);
    });
    listen('pointerup', event => {
        following.abort();
        if (dragging) events.drop(event);
        else events.click(event);
    });
    listen('pointercancel', () => {
        following.abort();
        if (dragging) events.cancel();
    });
}
