/** Runs `start` while the element is on screen and the tab in front, and the function it returned when it is not. Returns the way to end it. */
export function whileVisible(element: Element, start: () => () => void): () => void {
    let onScreen = false;
    let stop: (() => void) | null = null;
    const refresh = () => {
        const wanted = onScreen && !document.hidden;
        if (wanted && !stop) stop = start();
        else if (!wanted && stop) {
            stop();
            stop = null;
        }
    };
    const observer = new IntersectionObserver(entries => {
        onScreen = entries.at(-1)!.isIntersecting;
        refresh();
    });
    observer.observe(element);
    document.addEventListener('visibilitychange', refresh);
    return () => {
        observer.disconnect();
        document.removeEventListener('visibilitychange', refresh);
        stop?.();
        stop = null;
    };
}
