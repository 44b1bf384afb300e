import type { Range } from './axis';

export interface ChartOptions {
    /** Exponential smoothing of the training loss, 0…0.99. */
    smoothing: number;
    /** Loss on a logarithmic axis. */
    logLoss: boolean;
    /** Metrics drawn as errors (1 − share read right) on a logarithmic axis, where 99.0 and 99.5 are far apart. */
    logError: boolean;
}

/**
 * What the charts of a run share: the visible steps, the crosshair, the options. Updates of the run never change it; only hands do.
 */
export class ChartView {
    /** Visible steps, or null while the charts follow the run. */
    range: Range | null = null;
    /** Step under the crosshair, or null. */
    crosshair: number | null = null;
    options: ChartOptions = { smoothing: 0.9, logLoss: false, logError: false };
    private readonly listeners = new Set<(what: 'range' | 'crosshair' | 'options') => void>();

    get following(): boolean {
        return this.range === null;
    }

    subscribe(listener: (what: 'range' | 'crosshair' | 'options') => void): void {
        this.listeners.add(listener);
    }

    zoom(range: Range | null): void {
        this.range = range;
        this.notify('range');
    }

    point(step: number | null): void {
        if (step !== this.crosshair) {
            this.crosshair = step;
            this.notify('crosshair');
        }
    }

    set(options: Partial<ChartOptions>): void {
        this.options = { ...this.options, ...options };
        this.notify('options');
    }

    private notify(what: 'range' | 'crosshair' | 'options'): void {
        for (const listener of this.listeners) {
            listener(what);
        }
    }
}

/**
 * Where the crosshair goes when it is moved by key: one visible bin to the side, along steps that exist. From nowhere it starts at the
 * newest step.
 */
export function scrub(steps: ArrayLike<number>, crosshair: number | null, direction: -1 | 1, visible: Range, bins = 200): number | null {
    if (steps.length === 0) {
        return null;
    }
    const first = steps[0]!;
    const last = steps[steps.length - 1]!;
    if (crosshair === null) {
        return last;
    }
    const stride = Math.max(1, Math.round((visible[1] - visible[0]) / bins));
    return Math.min(Math.max(crosshair + direction * stride, first), last);
}
