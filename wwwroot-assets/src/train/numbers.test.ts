import { describe, expect, it } from 'vitest';
import { luminance, mistakesOf, rowTotals, shade } from './confusion';
import { clock, norm, rate, roughly, whole } from './numbers';
import { Pace, remainingSeconds } from './pace';
import { lossReadout, metricsReadout, readoutAt, spokenSummary, tableRows } from './readout';
import { RunHistory } from './run-history';

describe('numbers', () => {
    it('have a dash for what is not known', () => {
        expect([whole(NaN), rate(null), clock(undefined), roughly(null)]).toEqual(['–', '–', '–', '–']);
    });

    it('are written in fixed forms', () => {
        expect([rate(0.002), rate(0.00002), clock(7), clock(754), clock(3723)]).toEqual(['0.00200', '2.00e-5', '0:07', '12:34', '1:02:03']);
        expect([norm(3.14159), norm(1.3e15)]).toEqual(['3.14', '1.30e+15']);
        expect([roughly(4), roughly(42), roughly(240), roughly(4830)]).toEqual(['< 10 s', '≈ 40 s', '≈ 4 min', '≈ 1 h 20 min']);
    });
});

describe('Pace', () => {
    it('runs while the run runs and stands while it is paused', () => {
        const pace = new Pace();
        pace.tell(10, true, 0);
        expect(pace.elapsed(2500)).toBeCloseTo(12.5);
        pace.tell(13, false, 3000);
        expect(pace.elapsed(60_000)).toBe(13);
    });

    it('does not go back when the server is a moment behind', () => {
        const pace = new Pace();
        pace.tell(10, true, 0);
        pace.tell(10.5, true, 1000);
        expect(pace.elapsed(1000)).toBeCloseTo(11);
    });

    it('knows what is left from speed', () => {
        expect(remainingSeconds(100, 200, 128, 1280)).toBe(10);
        expect(remainingSeconds(100, null, 128, 1280)).toBeNull();
        expect(remainingSeconds(100, 200, 128, NaN)).toBeNull();
    });
});

describe('readout', () => {
    const metrics = [{ key: 'all', title: 'All right', meaning: '' }, { key: 'each', title: 'Digits right', meaning: '' }];
    const history = new RunHistory();
    history.apply({
        sequence: 2,
        steps: { step: [1, 2], epoch: [1, 1], loss: [2, 1], rate: [0.001, 0.002], gradientNorm: [1, 1], imagesPerSecond: [100, 100] },
        events: [
            { type: 'started', step: 0, totalSteps: 10, stepsPerEpoch: 5, parameters: 1, data: '' },
            { type: 'validation', step: 2, epoch: 1, whole: false, evaluation: { samples: 50, loss: 1.5, metrics: { all: 0.75, each: 0.9 }, confusion: null, mistakes: [] } },
            { type: 'paused', step: 2 },
        ].map((event, i) => ({ sequence: i, at: '', event })),
    });

    it('says the values of the nearest step and the marks within reach', () => {
        const values = readoutAt(history, metrics, 2.3, 0.5)!;
        expect(values).toMatchObject({ step: 2, metrics: [0.75, 0.9], marks: ['paused'] });
        expect(lossReadout(values)).toMatch(/^step 2 · training 1\.\d+ · validation 1\.5000 · paused$/);
        expect(metricsReadout(values, metrics)).toMatch(/^step 2 · all right 75\.00.% · digits right 90\.00.% · learning rate/);
    });

    it('has nothing to say before the first step', () => {
        expect(readoutAt(new RunHistory(), metrics, 1, 1)).toBeNull();
    });

    it('makes a table of the validations and a sentence for listeners', () => {
        expect(tableRows(history, metrics)).toMatchObject([{ step: 2, validationLoss: 1.5, metrics: [0.75, 0.9], samples: 50 }]);
        expect(spokenSummary(history, metrics)).toMatch(/^Step 2 of 10\. Training loss \d\.\d+\. Validation: all right 75\.0.%, digits right 90\.0.%\.$/);
    });
});

describe('confusion', () => {
    it('knows which ink is readable on a cell', () => {
        expect([luminance([0, 0, 0]), luminance([255, 255, 255])]).toEqual([0, expect.closeTo(1, 6)]);
        expect(luminance([68, 1, 84])).toBeLessThan(0.179);
        expect(luminance([31, 159, 136])).toBeGreaterThan(0.179);
    });

    it('counts rows, shades by their share and finds the examples of a cell', () => {
        expect(rowTotals([3, 1, 0, 4], 2)).toEqual([4, 4]);
        expect(shade(1, 4)).toBe(0.5);
        expect(shade(0, 0)).toBe(0);
        const mistake = (truth: number, predicted: number) => ({ index: 0, truth, predicted, probability: 1 });
        expect(mistakesOf([mistake(1, 7), mistake(7, 1)], 7, 1)).toEqual([mistake(7, 1)]);
    });
});
