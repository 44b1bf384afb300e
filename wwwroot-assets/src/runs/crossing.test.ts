import { describe, expect, it } from 'vitest';
import { type Curve, crossing, reaches } from './crossing';
import { verdict } from './verdict';

const x = [100, 200, 300, 400];

function curve(start: Curve['start'], y: (number | null)[], name: string = start): Curve {
    return { id: name, name, start, steps: x, samples: x.map(step => step * 1000), seconds: x.map(step => step / 10), values: { right: y } };
}

describe('crossing', () => {
    it('lies on the line between the two measurements around the target', () => {
        expect(crossing(x, [0.5, 0.9, 0.94, 0.98], 0.95)).toBeCloseTo(325);
        expect(crossing(x, [0.5, 0.95, 0.96, 0.97], 0.95)).toBeCloseTo(200);
    });

    it('is the first measurement of a curve that begins above', () => {
        expect(crossing(x, [0.97, 0.98, 0.98, 0.99], 0.95)).toBe(100);
    });

    it('is nowhere when the target is never reached, or there is no curve', () => {
        expect(crossing(x, [0.5, 0.6, 0.7, 0.8], 0.95)).toBeNull();
        expect(crossing([], [], 0.95)).toBeNull();
    });

    it('counts the first time of a noisy curve, and looks past what was not measured', () => {
        expect(crossing(x, [0.9, 0.96, 0.8, 0.99], 0.93)).toBeCloseTo(150);
        expect(crossing(x, [0.5, null, NaN, 1], 0.75)).toBeCloseTo(250);
    });
});

describe('reaches', () => {
    it('leaves out runs that are measured by something else', () => {
        const other = { ...curve('scratch', []), values: { accuracy: [0.9, 0.9, 0.9, 0.9] } };
        expect(reaches([curve('transfer', [0.5, 0.9, 1, 1]), other], 'right', 'samples', 0.95)).toMatchObject([{ at: expect.closeTo(250_000), best: 1 }]);
    });
});

describe('verdict', () => {
    const say = (curves: Curve[], axis: 'samples' | 'seconds' = 'samples', target = 0.95) => verdict(reaches(curves, 'right', axis, target), 'All four right', axis, target).replaceAll('\u202f', ' ');
    const [fast, slow] = [curve('transfer', [0.95, 1, 1, 1]), curve('scratch', [0.5, 0.8, 0.9, 1])];

    it('says what the transfer bought', () => {
        expect(say([fast, slow])).toBe('To 95 % all four right: with transfer 100,000 samples, from scratch 350,000 samples: 3.5 × fewer.');
        expect(say([slow, fast], 'seconds')).toBe('To 95 % all four right: with transfer 10.0 s, from scratch 35.0 s: 3.5 × faster.');
    });

    it('says so when it bought nothing', () => {
        expect(say([curve('scratch', fast.values['right']!), curve('transfer', slow.values['right']!)])).toContain('3.5 × more.');
        expect(say([fast, curve('scratch', fast.values['right']!)])).toContain(': about the same.');
    });

    it('says who has not got there', () => {
        const stuck = curve('scratch', [0.5, 0.8, 0.9, 0.98]);
        expect(say([fast, stuck], 'samples', 0.985)).toBe('To 98.5 % all four right: with transfer 170,000 samples, from scratch not yet (best 98.00 %).');
        expect(say([stuck], 'samples', 0.99)).toBe('scratch has not reached 99 % all four right yet; the best is 98.00 %.');
        expect(say([stuck, stuck], 'samples', 0.99)).toBe('None of these runs has reached 99 % all four right yet; the best is 98.00 %.');
        expect(say([])).toBe('');
    });

    it('names the runs when they are no pair', () => {
        expect(say([fast, curve('transfer', slow.values['right']!, 'calm-fox')])).toBe('To 95 % all four right: transfer 100,000 samples, calm-fox 350,000 samples.');
    });
});
