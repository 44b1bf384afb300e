import { isTyping } from '../shared/dom';

/** `?` lists every key. */
export function startHelpDialog(): void {
    const dialog = document.querySelector<HTMLDialogElement>('#keyboard-help');
    if (!dialog) return;
    const open = () => !dialog.open && dialog.showModal();
    document.addEventListener('keydown', event => {
        if (event.key === '?' && !isTyping(event) && !event.ctrlKey && !event.metaKey) {
            event.preventDefault();
            open();
        }
    });
    document.querySelector('[data-open-help]')?.addEventListener('click', open);
    dialog.querySelector('[data-close-help]')?.addEventListener('click', () => dialog.close());
    dialog.addEventListener('click', event => event.target === dialog && dialog.close());
}
