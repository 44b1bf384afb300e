import { fixed, rate, share, whole } from './numbers';
import type { RunHistory } from './run-history';

/** The values of a step in one line, for the crosshair; the newest ones without it. */
export interface Readout {
    step: number;
    train: number;
    rate: number;
    gradientNorm: number;
    validationLoss: number | null;
    metric: number | null;
    marks: string[];
}

/** @param reach steps left and right within which an event mark belongs to the crosshair. */
export function readoutAt(history: RunHistory, metric: string, step: number, reach: number): Readout | null {
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
        metric: validation?.evaluation.metrics[metric] ?? null,
        marks: history.marks.filter((mark) => Math.abs(mark.step - step) <= reach).map((mark) => mark.text),
    };
}

export function lossReadout(r: Readout): string {
    return [`step ${whole(r.step)}`, `training ${fixed(r.train, 4)}`, `validation ${fixed(r.validationLoss, 4)}`, ...r.marks].join(' · ');
}

export function accuracyReadout(r: Readout): string {
    return [`step ${whole(r.step)}`, `validation ${share(r.metric, 2)}`, `learning rate ${rate(r.rate)}`].join(' · ');
}

export interface TableRow {
    step: number;
    epoch: number;
    train: number;
    validationLoss: number;
    metric: number;
    samples: number;
}

/** The curves as a table: one row for each validation, thinned to at most maxRows, newest first. */
export function tableRows(history: RunHistory, metric: string, maxRows = 40): TableRow[] {
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
            metric: point.evaluation.metrics[metric] ?? NaN,
            samples: point.evaluation.samples,
        });
    }
    return rows;
}

/** One sentence for people who listen to the page. */
export function spokenSummary(history: RunHistory, metric: string): string {
    const { lastStep, started } = history;
    const parts = [`Step ${whole(lastStep)}${started ? ` of ${whole(started.totalSteps)}` : ''}.`];
    if (history.step.length > 0) {
        parts.push(`Training loss ${fixed(history.smoothed.column.last, 3)}.`);
    }
    const accuracy = history.newestValidation?.evaluation.metrics[metric];
    if (accuracy !== undefined) {
        parts.push(`Validation accuracy ${share(accuracy)}.`);
    }
    if (history.ending) {
        parts.push(`The run ended: ${history.ending.outcome.toLowerCase()}.`);
    }
    return parts.join(' ');
}
