import { expect, it } from 'vitest';
import { moments } from './probability-scale';

it('tells the mean and the deviation of a distribution over numbers', () => {
    expect(moments([0, 0, 1])).toEqual({ mean: 2, deviation: 0 });
    expect(moments([0.25, 0, 0.5, 0, 0.25])).toEqual({ mean: 2, deviation: Math.SQRT2 });
});
