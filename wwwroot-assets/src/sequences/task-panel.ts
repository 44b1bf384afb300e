import { Cleanup } from '../shared/control';
import { part, setText } from '../shared/dom';
import type { Answer } from '../shared/predict';
import { whileVisible } from '../shared/visibility';
import type { LookView } from './look-view';
import { type Reader, ReaderCard, type Shown } from './reader-card';
import { type Task, tasks } from './tasks';

/** A task and the models that read it, those that attend first. */
export interface TaskReaders {
    /** Of the experiment. */
    id: string;
    readers: Reader[];
}

/** One question about what is drawn: its readers side by side, what is right where somebody knows, and at which images the first one looked. */
export class TaskPanel {
    readonly task: Task;
    readonly #root: HTMLElement;
    readonly #looks: LookView;
    readonly #cards: ReaderCard[];
    readonly #cleanup = new Cleanup();
    #shown: Shown | null = null;
    #missing = '';
    #watched = false;

    constructor(root: HTMLElement, { id, readers }: TaskReaders, failed: (error: unknown) => void) {
        this.#root = root;
        this.task = tasks[id]!;
        this.#looks = this.task.openLooks(part(root, 'looks'));
        this.#cards = readers.map((reader, index) => new ReaderCard(root.querySelector<HTMLElement>(`[data-reader="${reader.id}"]`)!, reader, {
            watched: () => index === 0 && this.#watched,
            answered: answer => this.#answered(index === 0, answer),
            failed,
        }));
        for (const control of [this.#looks, ...this.#cards]) this.#cleanup.add(() => control.dispose());
        this.#cleanup.add(whileVisible(part(root, 'looks'), () => {
            this.#watched = true;
            this.#cards[0]!.again();
            return () => (this.#watched = false);
        }));
    }

    setReaders(readers: Reader[]): void {
        readers.forEach((reader, index) => this.#cards[index]!.setReader(reader));
    }

    /** @param missing What has to be drawn before there can be an answer; empty when `shown` can be answered. */
    read(shown: Shown, missing: string): void {
        [this.#shown, this.#missing] = [missing ? null : shown, missing];
        this.#cards.forEach(card => card.read(this.#shown));
        this.#say();
    }

    /** Asks those again whose weights are in training. */
    follow(): void {
        this.#cards.forEach(card => card.live && card.again());
    }

    dispose(): void {
        this.#cleanup.dispose();
    }

    #answered(attends: boolean, answer: Answer | null): void {
        if (attends) {
            if (answer) this.#looks.show(answer);
            else this.#looks.clear();
        }

        this.#say();
    }

    /** What is right, and for people who listen what all have said, once they have. */
    #say(): void {
        const truth = this.#shown?.truth;
        const line = part(this.#root, 'truth');
        setText(line, truth ? truth.words : this.#missing);
        line.classList.toggle('known', !!truth);
        const said = this.#cards.filter(card => card.answers).map(card => card.words);
        if (!this.#shown || said.every(words => words !== null)) setText(part(this.#root, 'said'), this.#shown ? said.join('. ') : '');
    }
}
