/** One tab stop for a grid of buttons; arrow keys move within it. Returns the way to end it. */
export function roving(root: HTMLElement, columns: () => number): () => void {
    const buttons = () => [...root.querySelectorAll<HTMLButtonElement>('button')];
    const focusable = (chosen: HTMLButtonElement | undefined) => buttons().forEach(button => (button.tabIndex = button === chosen ? 0 : -1));
    focusable(buttons()[0]);
    const onKey = (event: KeyboardEvent) => {
        const steps: Record<string, number> = { ArrowLeft: -1, ArrowRight: 1, ArrowUp: -columns(), ArrowDown: columns() };
        const step = steps[event.key];
        if (step === undefined) return;
        const all = buttons();
        const next = all[all.indexOf(document.activeElement as HTMLButtonElement) + step];
        if (!next) return;
        event.preventDefault();
        event.stopPropagation();
        next.focus();
    };
    const onFocus = (event: FocusEvent) => focusable((event.target as HTMLElement).closest('button') ?? undefined);
    root.addEventListener('keydown', onKey);
    root.addEventListener('focusin', onFocus);
    return () => {
        root.removeEventListener('keydown', onKey);
        root.removeEventListener('focusin', onFocus);
    };
}
