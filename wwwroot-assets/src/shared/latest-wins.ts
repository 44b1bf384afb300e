/**
 * Keeps one request in flight and remembers only the newest question asked meanwhile. Between two starts at least `interval` ms pass
 * (a throttle, not a debounce: answers come while the hand still moves). An answer that `reset` made stale is dropped.
 */
export class LatestWins<Question, Answer> {
    readonly #ask: (question: Question, signal: AbortSignal) => Promise<Answer>;
    readonly #answered: (answer: Answer, question: Question) => void;
    readonly #failed: (error: unknown) => void;
    readonly #interval: number;
    #waiting: { question: Question } | null = null;
    #flight: AbortController | null = null;
    #lastStart = -Infinity;
    #timer: ReturnType<typeof setTimeout> | undefined;

    constructor(ask: (question: Question, signal: AbortSignal) => Promise<Answer>, answered: (answer: Answer, question: Question) => void, failed: (error: unknown) => void, interval = 40) {
        [this.#ask, this.#answered, this.#failed, this.#interval] = [ask, answered, failed, interval];
    }

    ask(question: Question): void {
        this.#waiting = { question };
        this.#pump();
    }

    /** Forgets what waits and what flies. */
    reset(): void {
        clearTimeout(this.#timer);
        this.#timer = undefined;
        this.#waiting = null;
        this.#flight?.abort();
        this.#flight = null;
    }

    #pump(): void {
        if (!this.#waiting || this.#flight || this.#timer !== undefined) return;
        const wait = this.#lastStart + this.#interval - performance.now();
        if (wait > 0) {
            this.#timer = setTimeout(() => {
                this.#timer = undefined;
                this.#pump();
            }, wait);
            return;
        }

        const { question } = this.#waiting;
        this.#waiting = null;
        void this.#start(question);
    }

    async #start(question: Question): Promise<void> {
        const flight = (this.#flight = new AbortController());
        this.#lastStart = performance.now();
        try {
            const answer = await this.#ask(question, flight.signal);
            if (this.#flight === flight) this.#answered(answer, question);
        } catch (error) {
            if (this.#flight === flight) this.#failed(error);
        } finally {
            if (this.#flight === flight) {
                this.#flight = null;
                this.#pump();
            }
        }
    }
}
