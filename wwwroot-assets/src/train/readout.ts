import { fixed, rate, share, whole } from './numbers';
import type { RunHistory } from './run-history';
import type { Metric } from './wire';

/** The values of a step in one line, for the crosshair; the newest ones without it. */
export interface Readout {
    step: number;
    train: number;
    rate: number;
    gradientNorm: number;
    validationLoss: number | null;
    /** In the order of the metrics; null before the first look. */
    metrics: (number | null)[];
    marks: string[];
}

/** @param reach steps left and right within which an event mark belongs to the crosshair. */
export function readoutAt(history: RunHistory, metrics: readonly Metric[], step: number, reach: number): Readout | null {
    const index = history.indexNear(step);
    if (index < 0) {
        return null;
    }
    const at = history.step.at(index);
    const validation = history.validationAt(at);
    return {
        step: at,
        train: history.smoothed.column.at(index),
        rate: history.rate.at(index),
        gradientNorm: history.gradientNorm.at(index),
        validationLoss: validation?.evaluation.loss ?? null,
        metrics: metrics.map(({ key }) => validation?.evaluation.metrics[key] ?? null),
        marks: history.marks.filter((mark) => Math.abs(mark.step - step) <= reach).map((mark) => mark.text),
    };
}

export function lossReadout(r: Readout): string {
    return [`step ${whole(r.step)}`, `training ${fixed(r.train, 4)}`, `validation ${fixed(r.validationLoss, 4)}`, ...r.marks].join(' · ');
}

export function metricsReadout(r: Readout, metrics: readonly Metric[]): string {
    return [`step ${whole(r.step)}`, ...metrics.map(({ title }, index) => `${inSentence(title)} ${share(r.metrics[index], 2)}`), `learning rate ${rate(r.rate)}`].join(' · ');
}

export interface TableRow {
    step: number;
    epoch: number;
    train: number;
    validationLoss: number;
    /** In the order of the metrics. */
    metrics: number[];
    samples: number;
}

/** The curves as a table: one row for each validation, thinned to at most maxRows, newest first. */
export function tableRows(history: RunHistory, metrics: readonly Metric[], maxRows = 40): TableRow[] {
    const points = history.validations;
    const stride = Math.max(1, Math.ceil(points.length / maxRows));
    const rows: TableRow[] = [];
    for (let i = points.length - 1; i >= 0; i -= stride) {
        const point = points[i]!;
        const index = history.indexNear(point.step);
        rows.push({
            step: point.step,
            epoch: point.epoch,
            train: index < 0 ? NaN : history.smoothed.column.at(index),
            validationLoss: point.evaluation.loss,
            metrics: metrics.map(({ key }) => point.evaluation.metrics[key] ?? NaN),
            samples: point.evaluation.samples,
        });
    }
    return rows;
}

/** One sentence for people who listen to the page. */
export function spokenSummary(history: RunHistory, metrics: readonly Metric[]): string {
    const { lastStep, started } = history;
    const parts = [`Step ${whole(lastStep)}${started ? ` of ${whole(started.totalSteps)}` : ''}.`];
    if (history.step.length > 0) {
        parts.push(`Training loss ${fixed(history.smoothed.column.last, 3)}.`);
    }
    const known = metrics.filter(({ key }) => history.newestValidation?.evaluation.metrics[key] !== undefined);
    if (known.length > 0) {
        parts.push(`Validation: ${known.map(({ key, title }) => `${inSentence(title)} ${share(history.newestValidation!.evaluation.metrics[key])}`).join(', ')}.`);
    }
    if (history.ending) {
        parts.push(`The run ended: ${history.ending.outcome.toLowerCase()}.`);
    }
    return parts.join(' ');
}

/** A title inside a sentence: "Accuracy" becomes "accuracy", "AUC" stays. */
function inSentence(title: string): string {
    return /^[A-Z]{2}/.test(title) ? title : title.charAt(0).toLowerCase() + title.slice(1);
}
