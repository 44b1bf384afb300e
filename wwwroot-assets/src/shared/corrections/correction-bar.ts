import { Cleanup } from '../control';
import { el, setText } from '../dom';
import { roving } from '../roving';
import { Correcting, type Subject } from './correcting';

const digits = Array.from({ length: 10 }, (_, digit) => digit);

/**
 * "No, it is a …" with ten buttons for one drawn digit. Built inside an element of any width; what it says stands on one line that is always
 * there, so nothing moves. With the focus in it, keys 0 to 9 choose.
 */
export class CorrectionBar {
    readonly #root: HTMLElement;
    readonly #cleanup = new Cleanup();
    readonly #correcting = new Correcting(() => this.#render());
    readonly #choices: HTMLElement;
    readonly #prompt = el('span', { class: 'correction-prompt' });
    readonly #said = el('span', { role: 'status' });
    readonly #undo = el('button', { type: 'button', class: 'button quiet small', hidden: true }, 'Undo');
    readonly #teach = el('a', { class: 'small', href: '/corrections', hidden: true }, 'Teach it');
    readonly #buttons = digits.map(digit => el('button', { type: 'button', class: 'button small', 'aria-pressed': 'false', 'aria-label': `It is a ${digit}` }, String(digit)));

    #name = '';

    constructor(root: HTMLElement) {
        this.#root = root;
        this.#choices = el('div', { class: 'correction-digits', role: 'toolbar' }, ...this.#buttons);
        root.classList.add('correction-bar');
        root.replaceChildren(el('p', { class: 'correction-line' }, this.#prompt, this.#said, this.#undo, this.#teach), this.#choices);
        this.#buttons.forEach((button, digit) => this.#cleanup.listen(button, 'click', () => void this.#correcting.choose(digit)));
        this.#cleanup.listen(this.#undo, 'click', () => void this.#takeBack());
        this.#cleanup.listen(root, 'keydown', event => this.#onKey(event));
        this.#cleanup.add(roving(this.#choices, () => digits.length));
        this.#cleanup.add(() => root.replaceChildren());
        this.#render();
    }

    /**
     * @param subject The digit that was read, or null while there is none to correct.
     * @param name Which digit is meant, where there are several: "Cell 1".
     */
    show(subject: Subject | null, name = ''): void {
        this.#name = name;
        this.#correcting.show(subject);
    }

    focus(): void {
        this.#root.querySelector<HTMLButtonElement>('[role="toolbar"] [tabindex="0"]')?.focus();
    }

    dispose(): void {
        this.#cleanup.dispose();
    }

    async #takeBack(): Promise<void> {
        await this.#correcting.takeBack();
        this.focus();
    }

    #onKey(event: KeyboardEvent): void {
        if (!/^[0-9]$/.test(event.key) || event.ctrlKey || event.metaKey || event.altKey) return;
        event.preventDefault();
        event.stopPropagation();   // elsewhere on the page digits choose attention heads
        void this.#correcting.choose(Number(event.key));
    }

    #render(): void {
        const { subject, kept, problem } = this.#correcting;
        const prompt = subject?.readAs === null ? 'It is a …' : 'No, it is a …';
        this.#choices.setAttribute('aria-label', this.#name ? `${this.#name}: what it is` : 'What it is');
        setText(this.#prompt, kept || problem ? '' : this.#name ? `${this.#name}: ${prompt}` : prompt);
        setText(this.#said, problem || (kept ? `Kept as a ${kept.label}.` : ''));
        this.#undo.hidden = this.#teach.hidden = !kept;
        this.#root.classList.toggle('is-idle', !subject);
        this.#buttons.forEach((button, digit) => {
            button.disabled = !subject;
            button.setAttribute('aria-pressed', String(kept?.label === digit));
        });
    }
}
