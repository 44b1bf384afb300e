import { describe, expect, it } from 'vitest';
import { lossFigure, metricsFigure, type Palette, visibleSteps } from './figures';
import { RunHistory } from './run-history';

const palette: Palette = { train: 'a', validation: 'b', metrics: ['b', 'f'], reference: 'c', mark: 'd', failure: 'e' };
const options = { smoothing: 0.9, logLoss: false, logError: false };

function history(steps: number, totalSteps = steps): RunHistory {
    const result = new RunHistory();
    const step = Array.from({ length: steps }, (_, i) => i + 1);
    const evaluation = (accuracy: number) => ({ samples: 100, loss: 1 - accuracy, metrics: { accuracy }, confusion: null, mistakes: [] });
    result.apply({
        sequence: steps,
        steps: { step, epoch: step.map(() => 1), loss: step.map((s) => (s === 777 ? 9 : 1)), rate: step, gradientNorm: step, imagesPerSecond: step },
        events: [
            { type: 'started', step: 0, totalSteps, stepsPerEpoch: 10, parameters: 1, data: '' },
            ...[0.1, 0.5, 0.9, 0.95, 0.97, 0.98, 0.985, 0.988].map((accuracy, i) => ({ type: 'validation', step: (i + 1) * 100, epoch: 1, whole: i % 2 === 1, evaluation: evaluation(accuracy) })),
            { type: 'paused', step: 400 },
        ].map((event, i) => ({ sequence: i, at: '', event })),
    });
    return result;
}

describe('lossFigure', () => {
    it('keeps a spike of one step in a long run and draws few points', () => {
        const figure = lossFigure(history(20_000), null, options, palette, null);
        const raw = figure.traces[0]!;
        expect(raw.x!.length).toBeLessThanOrEqual(1700);
        expect(Math.max(...(raw.y as number[]))).toBe(9);
        expect((raw.x as number[]).at(-1)).toBe(20_000);
    });

    it('does not let the spike alone set the axis', () => {
        expect(lossFigure(history(20_000), null, options, palette, null).y[1]).toBeLessThan(3);
    });

    it('draws training raw at 30 %, smoothed, and validation dashed', () => {
        const [raw, smooth, validation] = lossFigure(history(1000), null, options, palette, null).traces;
        expect(raw!['opacity']).toBe(0.3);
        expect(smooth!.name).toContain('smoothed');
        expect((validation!['line'] as { dash: string }).dash).toBe('dash');
    });

    it('shows the zoomed steps and the marks among them only', () => {
        const figure = lossFigure(history(1000), [500, 600], options, palette, null);
        expect(figure.x).toEqual([500, 600]);
        expect(figure.traces.find((t) => t.name === 'events')!.x).toEqual([]);
        expect(Math.min(...(figure.traces[0]!.x as number[]))).toBeGreaterThanOrEqual(496);
    });

    it('gives a logarithmic axis its range in decades', () => {
        const { y, logY } = lossFigure(history(1000), null, { ...options, logLoss: true }, palette, null);
        expect(logY).toBe(true);
        expect(y[0]).toBeLessThan(y[1]);
        expect(y[1]).toBeLessThan(1);
    });
});

describe('metricsFigure', () => {
    const metrics = [{ key: 'accuracy', title: 'Accuracy', meaning: '' }];

    it('draws the expected accuracy as a line across and lets the first looks fall out below', () => {
        const figure = metricsFigure(history(1000), metrics, null, 0.99, options, palette, null);
        expect(figure.traces[0]!.y).toEqual([0.99, 0.99]);
        expect(figure.y).toEqual([0.8, 1]);
    });

    it('draws every metric, the primary one solid and each in a colour of its own', () => {
        const both = [...metrics, { key: 'other', title: 'Other', meaning: '' }];
        const lines = metricsFigure(history(1000), both, null, null, options, palette, null).traces.slice(0, 2).map((trace) => trace['line'] as { dash: string; color: string });
        expect(lines).toMatchObject([{ dash: 'solid', color: 'b' }, { dash: 'dot', color: 'f' }]);
    });

    it('draws errors on a logarithmic axis', () => {
        const figure = metricsFigure(history(1000), metrics, null, 0.99, { ...options, logError: true }, palette, null);
        expect(figure.traces[0]!.y![0]).toBeCloseTo(0.01);
        expect(figure.logY).toBe(true);
    });
});

describe('visibleSteps', () => {
    it('follows the run to a horizon that moves in jumps', () => {
        expect(visibleSteps(history(1000, 8600), null)).toEqual([0, 1024]);
        expect(visibleSteps(history(1000, 1000), null)).toEqual([0, 1000]);
        expect(visibleSteps(history(1000), [3, 7])).toEqual([3, 7]);
    });

    it('shows all of a run that has ended', () => {
        const stopped = history(1000, 8600);
        stopped.apply({ sequence: 2000, steps: { step: [], epoch: [], loss: [], rate: [], gradientNorm: [], imagesPerSecond: [] }, events: [{ sequence: 2000, at: '', event: { type: 'ended', step: 1000, outcome: 'Stopped', reason: null, test: null } }] });
        expect(visibleSteps(stopped, null)).toEqual([0, 1000]);
    });
});
