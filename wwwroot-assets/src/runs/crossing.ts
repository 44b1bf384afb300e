/** What a curve is drawn against. */
export type Axis = 'steps' | 'samples' | 'seconds';

/** Validation results of a run. `start` says what its weights were at step 0. */
export interface Curve {
    id: string;
    name: string;
    start: 'scratch' | 'transfer' | 'fork';
    steps: number[];
    samples: number[];
    seconds: number[];
    /** By metric key, and "loss"; null where it was not measured. */
    values: Record<string, (number | null)[]>;
}

/** How far a curve had to go to its target. */
export interface Reach {
    curve: Curve;
    /** On the chosen axis; null while the curve has not reached the target. */
    at: number | null;
    /** Best value so far. */
    best: number;
}

/**
 * Where a curve reaches the target for the first time, on the straight line between two measurements; null when it never does. A curve
 * that falls back afterwards has reached it all the same, as time-to-accuracy benchmarks count it.
 */
export function crossing(x: readonly number[], y: readonly (number | null)[], target: number): number | null {
    let before = -1;
    for (let index = 0; index < y.length; index++) {
        const value = y[index]!;
        if (value === null || !Number.isFinite(value)) continue;
        if (value >= target) {
            if (before < 0) return x[index]!;
            const [from, low] = [x[before]!, y[before]!];
            return from + ((target - low) / (value - low)) * (x[index]! - from);
        }

        before = index;
    }

    return null;
}

/** Of every curve that has this measure. */
export function reaches(curves: readonly Curve[], measure: string, axis: Axis, target: number): Reach[] {
    return curves
        .map(curve => ({ curve, y: curve.values[measure] ?? [] }))
        .filter(({ y }) => y.some(value => value !== null))
        .map(({ curve, y }) => ({ curve, at: crossing(curve[axis], y, target), best: Math.max(...y.map(value => value ?? -Infinity)) }));
}
