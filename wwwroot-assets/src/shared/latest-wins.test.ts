import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { LatestWins } from './latest-wins';

interface Flight {
    question: number;
    signal: AbortSignal;
    land: (answer: string) => Promise<void>;
    crash: (error: Error) => Promise<void>;
}

let flights: Flight[];
let answers: string[];
let errors: unknown[];
let requests: LatestWins<number, string>;

beforeEach(() => {
    vi.useFakeTimers();
    [flights, answers, errors] = [[], [], []];
    requests = new LatestWins<number, string>(
        (question, signal) => new Promise((resolve, reject) => {
            const settle = async (action: () => void) => {
                action();
                await vi.advanceTimersByTimeAsync(0);
            };
            flights.push({ question, signal, land: answer => settle(() => resolve(answer)), crash: error => settle(() => reject(error)) });
        }),
        answer => answers.push(answer),
        error => errors.push(error),
        40);
});
afterEach(() => vi.useRealTimers());

const questions = () => flights.map(flight => flight.question);

describe('LatestWins', () => {
    it('asks the first question at once', () => {
        requests.ask(1);
        expect(questions()).toEqual([1]);
    });

    it('keeps one in flight and then asks only the newest', async () => {
        for (const question of [1, 2, 3, 4]) requests.ask(question);
        await vi.advanceTimersByTimeAsync(100);
        expect(questions()).toEqual([1]);
        await flights[0]!.land('one');
        expect(questions()).toEqual([1, 4]);
        expect(answers).toEqual(['one']);
    });

    it('leaves the interval between two starts, but never waits for the hand to rest', async () => {
        requests.ask(1);
        await flights[0]!.land('one');
        requests.ask(2);
        await vi.advanceTimersByTimeAsync(20);
        requests.ask(3);
        expect(questions()).toEqual([1]);
        await vi.advanceTimersByTimeAsync(20);
        expect(questions()).toEqual([1, 3]);
    });

    it('drops what flies and what waits on reset', async () => {
        requests.ask(1);
        requests.ask(2);
        requests.reset();
        expect(flights[0]!.signal.aborted).toBe(true);
        await flights[0]!.land('late');
        await vi.advanceTimersByTimeAsync(100);
        expect(answers).toEqual([]);
        expect(questions()).toEqual([1]);
    });

    it('goes on after an error', async () => {
        requests.ask(1);
        requests.ask(2);
        await flights[0]!.crash(new Error('away'));
        await vi.advanceTimersByTimeAsync(40);
        expect(errors).toHaveLength(1);
        expect(questions()).toEqual([1, 2]);
    });

    it('stays quiet about the error of a request that was reset', async () => {
        requests.ask(1);
        requests.reset();
        await flights[0]!.crash(new Error('aborted'));
        expect(errors).toEqual([]);
    });
});
