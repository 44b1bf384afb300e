import { expect, it } from 'vitest';
import type { Curve } from './crossing';
import { reaches } from './crossing';
import { targetTraces, traces } from './curves-chart.control';

const curve: Curve = { id: 'a', name: 'brave-otter', start: 'scratch', steps: [100, 200], samples: [12800, 25600], seconds: [1.5, 3], values: { accuracy: [0.5, 0.9], loss: [1.2, 0.3] } };

it('draws the chosen measure against the chosen axis', () => {
    expect(traces([curve], 'loss', 'samples', () => 'red')[0]).toMatchObject({ name: 'brave-otter', x: [12800, 25600], y: [1.2, 0.3] });
});

it('tells runs apart by colour and dash', () => {
    const [first, second] = traces([curve, { ...curve, id: 'b' }], 'accuracy', 'steps', name => name) as { line: { color: string; dash: string } }[];
    expect(first!.line).not.toEqual(second!.line);
    expect(first!.line.dash).not.toBe(second!.line.dash);
});

it('lays the target across the chart and marks where a curve reaches it, in the colour of the curve', () => {
    const [across, mark, ...more] = targetTraces([curve], reaches([curve], 'accuracy', 'steps', 0.7), 'steps', 0.7, name => name);
    expect(across).toMatchObject({ x: [0, 200], y: [0.7, 0.7] });
    expect(mark).toMatchObject({ x: [expect.closeTo(150)], y: [0.7], marker: { color: '--series-0' } });
    expect(more).toEqual([]);
});

it('marks nothing where the target is not reached, and draws none without curves', () => {
    expect(targetTraces([curve], reaches([curve], 'accuracy', 'steps', 0.95), 'steps', 0.95, name => name)).toHaveLength(1);
    expect(targetTraces([], [], 'steps', 0.95, name => name)).toEqual([]);
});

it('draws nothing of a run that is not measured so', () => {
    expect(traces([curve], 'digitAccuracy', 'steps', () => 'red')[0]).toMatchObject({ y: [] });
});
