import { Cleanup, type Control, type Owner } from '../shared/control';
import { isTyping } from '../shared/dom';

/**
 * Keys that press buttons: a button of the page that carries data-key is clicked by that key, as long as it is enabled and nobody is
 * typing. A focused control keeps its own keys.
 */
export function create(root: HTMLElement, _owner: Owner): Control {
    const cleanup = new Cleanup();
    cleanup.listen(document, 'keydown', (event: KeyboardEvent) => {
        const held = event.repeat || event.ctrlKey || event.metaKey || event.altKey;
        if (held || event.defaultPrevented || isTyping(event) || document.querySelector('dialog[open]') !== null) {
            return;
        }
        const own = event.key === ' ' && (event.target as Element | null)?.closest('button, a, summary, input, label');
        const button = root.querySelector<HTMLButtonElement>(`button[data-key="${event.key === ' ' ? 'space' : CSS.escape(event.key.toLowerCase())}"]:not(:disabled)`);
        if (!own && button !== null) {
            event.preventDefault();
            button.click();
        }
    });
    return cleanup;
}
