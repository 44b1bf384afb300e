import { ApiError, postJson, sendJson } from '../api';
import type { Drawing } from '../stroke-model';

/** A drawn digit that was read. */
export interface Subject {
    drawing: Drawing;
    /** Where the drawing is a grid: the cell that is meant, from 0 in reading order. */
    cell?: number;
    /** Null when it was read as nothing at all. */
    readAs: number | null;
    /** Id of the weights that read it. */
    weights: string;
}

/** What the lab holds of a digit a person has named. */
export interface Kept {
    id: string;
    label: number;
}

/**
 * What a person says of the digit that is shown: said once it is kept, said again it gets another label, and it can be taken back. The lab's
 * answer to a digit that is no longer shown is remembered for when it is shown again.
 */
export class Correcting {
    readonly #changed: () => void;
    readonly #known = new Map<string, Kept>();
    #subject: Subject | null = null;
    #key = '';
    #busy = false;
    #problem = '';

    /** @param changed Called whenever one of the properties below may have changed. */
    constructor(changed: () => void) {
        this.#changed = changed;
    }

    get subject(): Subject | null {
        return this.#subject;
    }

    get kept(): Kept | null {
        return this.#known.get(this.#key) ?? null;
    }

    /** Why the last wish could not be met, for people; empty when it was. */
    get problem(): string {
        return this.#problem;
    }

    show(subject: Subject | null): void {
        const key = subject ? JSON.stringify([subject.drawing.strokes, subject.cell]) : '';
        if (key !== this.#key) this.#problem = '';
        [this.#subject, this.#key] = [subject, key];
        this.#changed();
    }

    async choose(label: number): Promise<void> {
        const [subject, kept] = [this.#subject, this.kept];
        if (!subject || kept?.label === label) return;
        await this.#ask(async () => kept
            ? await sendJson<Kept>('PATCH', `/api/corrections/${kept.id}`, { label })
            : await postJson<Kept>('/api/corrections', { ...subject, label }));
    }

    async takeBack(): Promise<void> {
        const kept = this.kept;
        if (!kept) return;
        await this.#ask(async () => {
            await sendJson('DELETE', `/api/corrections/${kept.id}`);
            return null;
        });
    }

    /** One wish at a time: a second click while the first is on its way is the same click. */
    async #ask(wish: () => Promise<Kept | null>): Promise<void> {
        if (this.#busy) return;
        this.#busy = true;
        const key = this.#key;
        let problem = '';
        try {
            const kept = await wish();
            if (kept) this.#known.set(key, { id: kept.id, label: kept.label });
            else this.#known.delete(key);
        } catch (error) {
            if (error instanceof ApiError && error.status === 404) this.#known.delete(key);   // deleted on the corrections page meanwhile
            problem = error instanceof ApiError ? error.message : 'The server does not answer; nothing is changed.';
        } finally {
            this.#busy = false;
        }

        if (key === this.#key) this.#problem = problem;
        this.#changed();
    }
}
