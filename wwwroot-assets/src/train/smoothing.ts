import { GrowingColumn } from './growing';

/**
 * Exponential moving average without the pull towards 0 at the beginning: s[i] = a s[i-1] + (1 - a) y[i], divided by 1 - a^(i+1).
 * Grows with its source: each call of follow takes only what is new, so smoothing costs nothing per frame, and it runs over every
 * step before anything is decimated. Values that are not numbers are passed through and do not disturb the average.
 */
export class Smoothed {
    readonly column = new GrowingColumn();
    private readonly sums = new GrowingColumn();
    private readonly weights = new GrowingColumn();

    /** @param amount 0 keeps the raw line, towards 1 is smoother. */
    constructor(readonly amount: number) {}

    follow(source: GrowingColumn): void {
        for (let i = this.column.length; i < source.length; i++) {
            const value = source.at(i);
            const valid = Number.isFinite(value);
            const sum = i === 0 ? 0 : this.sums.at(i - 1);
            const weight = i === 0 ? 0 : this.weights.at(i - 1);
            this.sums.push(valid ? this.amount * sum + (1 - this.amount) * value : sum);
            this.weights.push(valid ? this.amount * weight + (1 - this.amount) : weight);
            this.column.push(valid ? this.sums.last / this.weights.last : value);
        }
    }

    truncate(length: number): void {
        this.column.truncate(length);
        this.sums.truncate(length);
        this.weights.truncate(length);
    }
}
