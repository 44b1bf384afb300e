import { isTyping } from './dom';

/** What every canvas does at a key. */
export interface StrokeActions {
    undo(): void;
    redo(): void;
    clear(): void;
    thinner(): void;
    thicker(): void;
    toggleEraser(): void;
}

type Action = (() => void) | undefined;

/** @param more The page's own keys, which come first. @returns Whether the event was one of them all. */
export function handleStrokeKey(event: KeyboardEvent, actions: StrokeActions, more: (event: KeyboardEvent) => Action): boolean {
    if (isTyping(event) || event.altKey) return false;
    const action = event.ctrlKey || event.metaKey ? withControl(event, actions) : more(event) ?? plain(event, actions);
    if (!action) return false;
    event.preventDefault();
    action();
    return true;
}

function withControl({ key, shiftKey }: KeyboardEvent, actions: StrokeActions): Action {
    const letter = key.toLowerCase();
    if (letter === 'z') return shiftKey ? actions.redo : actions.undo;
    return letter === 'y' ? actions.redo : undefined;
}

function plain({ key }: KeyboardEvent, actions: StrokeActions): Action {
    const keys: Record<string, () => void> = { Delete: actions.clear, '[': actions.thinner, ']': actions.thicker, e: actions.toggleEraser, E: actions.toggleEraser };
    return keys[key];
}
