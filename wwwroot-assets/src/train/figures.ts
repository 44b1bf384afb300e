import type { Trace } from '../shared/charts';
import { decimate } from '../shared/decimate';
import { horizon, innerExtent, type Range, steadyRange } from './axis';
import type { ChartOptions } from './chart-view';
import { lowerBound } from './growing';
import type { Mark, MarkKind, RunHistory, ValidationPoint } from './run-history';
import type { Metric } from './wire';

/** About one point for each pixel of a chart's width: smallest and largest value of bins two pixels wide. */
const maximumPoints = 800;

/** Colours of the lines in the present theme. */
export interface Palette {
    train: string;
    validation: string;
    /** Of the metrics, in their order. */
    metrics: readonly string[];
    reference: string;
    mark: string;
    failure: string;
}

/** What a chart shows: plotly traces and the ranges of its axes. */
export interface Figure {
    traces: Trace[];
    x: Range;
    y: Range;
    logY: boolean;
    yFormat: string;
    /** Newest step the figure knows of. */
    lastStep: number;
}

/** The steps a chart shows: the zoomed ones, all of a run that has ended, or up to the horizon of one that goes on. */
export function visibleSteps(history: RunHistory, zoomed: Range | null): Range {
    const end = history.ending === null ? horizon(history.lastStep, history.started?.totalSteps ?? null) : Math.max(history.lastStep, 1);
    return zoomed ?? [0, end];
}

/**
 * Training loss, raw at 30 % behind its smoothed line, and validation loss, dashed. The smoothed line was made from every step before it
 * was decimated.
 */
export function lossFigure(history: RunHistory, zoomed: Range | null, options: ChartOptions, palette: Palette, previousY: Range | null): Figure {
    const x = visibleSteps(history, zoomed);
    const raw = visibleCurve(history, history.loss.values, x);
    const smooth = visibleCurve(history, history.smoothed.column.values, x);
    const validation = visible(history.validations, x);
    const losses = validation.map((v) => v.evaluation.loss);
    const extent = union(innerExtent(raw.y, 0.01), innerExtent([...smooth.y, ...losses], 0)) ?? [0, 2.5];
    return {
        x,
        y: options.logLoss ? logRange(extent) : steadyRange(Math.min(extent[0], 0), extent[1], previousY),
        logY: options.logLoss,
        yFormat: '',
        lastStep: history.lastStep,
        traces: [
            { ...raw, name: 'training, each step', ...line(palette.train, 1), opacity: 0.3 },
            { ...smooth, name: 'training, smoothed', ...line(palette.train, 2) },
            { x: validation.map((v) => v.step), y: losses, name: 'validation', ...looks(palette.validation, 'dash', validation) },
            ...markTraces(history.marks, x, palette),
        ],
    };
}

/** The metrics on the validation split, the primary one solid, over what is expected of the preset as a grey line. */
export function metricsFigure(
    history: RunHistory, metrics: readonly Metric[], zoomed: Range | null, expected: number | null, options: ChartOptions, palette: Palette, previousY: Range | null,
): Figure {
    const x = visibleSteps(history, zoomed);
    const shown = (value: number) => (options.logError ? Math.max(1 - value, 1e-4) : value);
    const validation = visible(history.validations, x);
    const values = metrics.map(({ key }) => validation.map((v) => shown(v.evaluation.metrics[key] ?? NaN)));
    const traces: Trace[] = [];
    if (expected !== null) {
        traces.push({ x, y: [shown(expected), shown(expected)], name: 'expected', mode: 'lines', line: { color: palette.reference, width: 1.5 } });
    }
    const steps = validation.map((v) => v.step);
    metrics.forEach(({ title }, index) => traces.push({ x: steps, y: values[index]!, name: title, ...looks(palette.metrics[index % palette.metrics.length]!, index === 0 ? 'solid' : 'dot', validation) }));
    traces.push(...markTraces(history.marks, x, palette));
    const y = shareRange(values, expected === null ? null : shown(expected), options.logError, previousY);
    return { x, y, logY: options.logError, yFormat: '.4~p', lastStep: history.lastStep, traces };
}

/** The primary metric's first looks at an untrained model may fall out of the picture below, once the later ones tell more. */
function shareRange(values: number[][], expected: number | null, logError: boolean, previous: Range | null): Range {
    const primary = values[0] ?? [];
    if (logError) {
        return logRange(union(innerExtent(values.flat(), 0), expected === null ? null : [expected, expected]) ?? [0.005, 0.9]);
    }
    if (primary.length < 6) {
        return [0, 1];
    }
    const sorted = primary.filter(Number.isFinite).sort((a, b) => a - b);
    const low = Math.min(sorted[Math.floor(sorted.length / 4)] ?? 0, expected ?? 1);
    const floor = [0.99, 0.98, 0.95, 0.9, 0.8, 0.5, 0].find((f) => f <= low - 0.25 * (1 - low)) ?? 0;
    return previous !== null && previous[0] > floor ? [previous[0] <= low ? previous[0] : floor, 1] : [floor, 1];
}

const symbols: Record<MarkKind, string> = {
    paused: 'square', resumed: 'triangle-right', rate: 'diamond', best: 'star', checkpoint: 'circle-open', ended: 'hexagon2', failed: 'x',
};

/** Small flags along the upper edge (axis y2 runs 0…1), one shape for each kind of event. */
function markTraces(marks: Mark[], x: Range, palette: Palette): Trace[] {
    const shown = marks.filter((mark) => mark.step >= x[0] && mark.step <= x[1]);
    return [{
        name: 'events',
        x: shown.map((mark) => mark.step),
        y: shown.map(() => 0.97),
        yaxis: 'y2',
        mode: 'markers',
        cliponaxis: false,
        marker: {
            size: 9,
            symbol: shown.map((mark) => symbols[mark.kind]),
            color: shown.map((mark) => (mark.kind === 'failed' ? palette.failure : palette.mark)),
        },
    }];
}

function line(color: string, width: number): object {
    return { mode: 'lines', line: { color, width, simplify: false } };
}

/** Looks at the whole split are filled markers, looks at a part of it small open ones. */
function looks(color: string, dash: 'solid' | 'dash' | 'dot', points: ValidationPoint[]): object {
    return {
        mode: 'lines+markers',
        line: { color, width: 2, dash, simplify: false },
        marker: { color, size: points.map((p) => (p.whole ? 8 : 6)), symbol: points.map((p) => (p.whole ? 'circle' : 'circle-open')) },
    };
}

/** The curve over the visible steps and one beyond each end. */
function visibleCurve(history: RunHistory, values: Float64Array, x: Range): { x: number[]; y: number[] } {
    const steps = history.step.values;
    return decimate(steps, values, maximumPoints, Math.max(lowerBound(steps, x[0]) - 1, 0), Math.min(lowerBound(steps, x[1]) + 1, steps.length));
}

/** One beyond each end, so that the line enters and leaves the picture. */
function visible(points: ValidationPoint[], x: Range): ValidationPoint[] {
    const begin = points.findIndex((p) => p.step >= x[0]);
    const end = points.findLastIndex((p) => p.step <= x[1]);
    return points.slice(Math.max((begin < 0 ? points.length : begin) - 1, 0), end + 2);
}

function union(a: Range | null, b: Range | null): Range | null {
    return a === null ? b : b === null ? a : [Math.min(a[0], b[0]), Math.max(a[1], b[1])];
}

/** In decades, as plotly wants a logarithmic axis; a little room at both ends, in steps that do not move with every point. */
function logRange([low, high]: Range): Range {
    const decades = (value: number) => Math.log10(Math.max(value, 1e-6));
    return [Math.floor(decades(low) * 5 - 0.2) / 5, Math.ceil(decades(high) * 5 + 0.2) / 5];
}
