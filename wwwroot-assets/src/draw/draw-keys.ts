import { isTyping } from '../shared/dom';

export interface DrawActions {
    undo(): void;
    redo(): void;
    clear(): void;
    thinner(): void;
    thicker(): void;
    toggleEraser(): void;
    /** 1 … 9 a head of the chosen layer, 0 all of them together. */
    chooseHead(number: number): void;
    /** Moves to where the reading is corrected. */
    correct(): void;
}

/** The page's keys; returns whether the event was one of them. */
export function handleDrawKey(event: KeyboardEvent, actions: DrawActions): boolean {
    if (isTyping(event) || event.altKey) return false;
    const action = event.ctrlKey || event.metaKey ? withControl(event, actions) : plain(event, actions);
    if (!action) return false;
    event.preventDefault();
    action();
    return true;
}

function withControl({ key, shiftKey }: KeyboardEvent, actions: DrawActions): (() => void) | undefined {
    const letter = key.toLowerCase();
    if (letter === 'z') return shiftKey ? actions.redo : actions.undo;
    return letter === 'y' ? actions.redo : undefined;
}

function plain({ key }: KeyboardEvent, actions: DrawActions): (() => void) | undefined {
    if (/^[0-9]$/.test(key)) return () => actions.chooseHead(Number(key));
    const keys: Record<string, () => void> = { Delete: actions.clear, '[': actions.thinner, ']': actions.thicker, e: actions.toggleEraser, E: actions.toggleEraser, n: actions.correct, N: actions.correct };
    return keys[key];
}
