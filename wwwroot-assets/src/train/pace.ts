/**
 * How a run proceeds in time: elapsed without pauses, and what is left. The server tells active seconds now and then; between those the
 * clock is this page's own, running only while the run runs.
 */
export class Pace {
    private activeSeconds = 0;
    private tellingAt = 0;
    private running = false;

    /** @param now milliseconds of a monotonic clock, as performance.now() gives them. */
    tell(activeSeconds: number, running: boolean, now: number): void {
        // A telling that is a moment behind must not turn the clock back while the run goes on.
        const shown = this.elapsed(now);
        const backwards = running && this.running && activeSeconds < shown && shown - activeSeconds < 2;
        this.activeSeconds = backwards ? shown : activeSeconds;
        this.tellingAt = now;
        this.running = running;
    }

    elapsed(now: number): number {
        return this.running ? this.activeSeconds + (now - this.tellingAt) / 1000 : this.activeSeconds;
    }
}

/** Seconds left at the present speed; null while it is not known. */
export function remainingSeconds(step: number, totalSteps: number | null, batchSize: number, imagesPerSecond: number): number | null {
    if (totalSteps === null || !(imagesPerSecond > 0)) {
        return null;
    }
    return (Math.max(totalSteps - step, 0) * batchSize) / imagesPerSecond;
}
