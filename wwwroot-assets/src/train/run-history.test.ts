import { describe, expect, it } from 'vitest';
import type { RunUpdate } from '../shared/hub';
import { RunHistory } from './run-history';

function update(sequence: number, steps: number[], events: Record<string, unknown>[] = []): RunUpdate {
    const column = (value: (step: number) => number) => steps.map(value);
    return {
        sequence,
        steps: { step: steps, epoch: column(() => 1), loss: column((s) => 1 / s), rate: column(() => 0.001), gradientNorm: column(() => 1), imagesPerSecond: column(() => 5000) },
        events: events.map((event, index) => ({ sequence: sequence - events.length + index, at: '', event: event as { type: string } })),
    };
}

const started = (step: number) => ({ type: 'started', step, totalSteps: 100, stepsPerEpoch: 10, parameters: 1, data: 'pen' });
const validation = (step: number, whole: boolean, accuracy = 0.9) =>
    ({ type: 'validation', step, epoch: 1, whole, evaluation: { samples: 10, loss: 0.5, metrics: { accuracy }, confusion: null, mistakes: [] } });

describe('RunHistory', () => {
    it('keeps every step once, in order, and drops messages it has seen', () => {
        const history = new RunHistory();
        history.apply(update(3, [1, 2, 3], [started(0)]));
        history.apply(update(3, [1, 2, 3]));
        history.apply(update(5, [4, 5]));

        expect([...history.step.values]).toEqual([1, 2, 3, 4, 5]);
        expect(history.smoothed.column.length).toBe(5);
        expect(history.sequence).toBe(5);
    });

    it('drops what an interruption undid when the run goes on from its checkpoint', () => {
        const history = new RunHistory();
        history.apply(update(6, [1, 2, 3, 4, 5], [started(0), validation(2, false), validation(5, true), { type: 'paused', step: 5 }]));
        history.apply(update(8, [4], [started(3)]));

        expect([...history.step.values]).toEqual([1, 2, 3, 4]);
        expect(history.validations.map((v) => v.step)).toEqual([2]);
        expect(history.marks).toEqual([]);
    });

    it('rewinds at once when only the restart has come', () => {
        const history = new RunHistory();
        history.apply(update(5, [1, 2, 3, 4, 5], [started(0)]));
        history.apply(update(6, [], [started(2)]));

        expect(history.lastStep).toBe(2);
    });

    it('lets the whole validation of an epoch supersede a partial one at the same step', () => {
        const history = new RunHistory();
        history.apply(update(3, [1], [validation(1, false, 0.5), validation(1, true, 0.6)]));

        expect(history.validations).toHaveLength(1);
        expect(history.newestValidation!.evaluation.metrics['accuracy']).toBe(0.6);
    });

    it('marks only the newest checkpoint and the newest best, because those files are written over', () => {
        const history = new RunHistory();
        const checkpoint = (step: number) => ({ type: 'checkpoint', step, name: 'last' });
        const epoch = (step: number) => ({ type: 'epoch', step, epoch: step, trainLoss: 1, activeSeconds: 1, isBest: true });
        history.apply(update(9, [1, 2, 3], [checkpoint(1), epoch(1), checkpoint(3), epoch(2), { type: 'learningRate', step: 2, rate: 0.01 }, { type: 'ended', step: 3, outcome: 'Failed', reason: 'the loss is not a number', test: null }]));

        expect(history.marks.map((m) => [m.kind, m.step])).toEqual([['checkpoint', 3], ['best', 2], ['rate', 2], ['failed', 3]]);
        expect(history.ending!.reason).toBe('the loss is not a number');
    });

    it('takes a loss that is no number without losing the curve', () => {
        const history = new RunHistory();
        const broken = update(3, [1, 2, 3]);
        broken.steps.loss[1] = null as unknown as number;
        history.apply(broken);

        expect(history.loss.at(1)).toBeNaN();
        expect(history.smoothed.column.at(2)).toBeGreaterThan(0);
    });

    it('smooths anew over all steps when the amount changes', () => {
        const history = new RunHistory();
        history.apply(update(4, [1, 2, 4, 8]));
        history.smooth(0);

        expect([...history.smoothed.column.values]).toEqual([1, 0.5, 0.25, 0.125]);
    });

    it('finds the validation that was newest at a step', () => {
        const history = new RunHistory();
        history.apply(update(5, [1, 2, 3, 4], [validation(2, false, 0.2), validation(4, false, 0.4)]));

        expect(history.validationAt(3)!.step).toBe(2);
        expect(history.validationAt(9)!.step).toBe(4);
        expect(history.validationAt(1)!.step).toBe(2);
    });
});
