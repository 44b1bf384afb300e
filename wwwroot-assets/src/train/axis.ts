/** Axis ranges that stay put while data arrive: they grow in jumps and shrink only when much of them has become empty. */

export type Range = [number, number];

/**
 * End of the step axis while it follows a run: doubles from 64, and stops at the run's end, so the curve crosses the picture instead of
 * being squeezed a little by every point.
 */
export function horizon(lastStep: number, totalSteps: number | null): number {
    let end = 64;
    while (end < lastStep) {
        end *= 2;
    }
    return totalSteps !== null && totalSteps >= lastStep ? Math.min(end, totalSteps) : end;
}

/** Rounds outward to a step of 1, 2 or 5 times a power of ten, about a fifth of the span. */
export function niceRange(low: number, high: number): Range {
    const span = high - low || Math.abs(high) || 1;
    const power = 10 ** Math.floor(Math.log10(span / 5));
    const step = power * ([1, 2, 5, 10].find((m) => m * power >= span / 5) ?? 10);
    return [clean(Math.floor(low / step) * step, step), clean(Math.ceil(high / step) * step, step)];
}

/** The previous range as long as it holds the data and at least 60 % of it is used; otherwise a new nice one. */
export function steadyRange(low: number, high: number, previous: Range | null): Range {
    if (previous !== null && previous[0] <= low && high <= previous[1] && high - low >= 0.6 * (previous[1] - previous[0])) {
        return previous;
    }
    const next = niceRange(low, high);
    // A new range that is hardly smaller than the old one is not worth a jump.
    const fits = previous !== null && previous[0] <= low && high <= previous[1];
    return fits && next[1] - next[0] > 0.75 * (previous[1] - previous[0]) ? previous : next;
}

/** Smallest and largest value but for the share at each end that are outliers; null without values. */
export function innerExtent(values: ArrayLike<number>, share: number): Range | null {
    const sorted = Float64Array.from(Array.from(values).filter(Number.isFinite)).sort();
    if (sorted.length === 0) {
        return null;
    }
    const skip = Math.floor(sorted.length * share);
    return [sorted[skip]!, sorted[sorted.length - 1 - skip]!];
}

function clean(value: number, step: number): number {
    return Number((Math.round(value / step) * step).toPrecision(12));
}
