import { expect, it } from 'vitest';
import { traces } from './curves-chart.control';

const curve = { id: 'a', name: 'brave-otter', steps: [100, 200], images: [12800, 25600], seconds: [1.5, 3], accuracy: [0.5, 0.9], loss: [1.2, 0.3] };

it('draws the chosen measure against the chosen axis', () => {
    expect(traces([curve], 'loss', 'images', () => 'red')[0]).toMatchObject({ name: 'brave-otter', x: [12800, 25600], y: [1.2, 0.3] });
});

it('tells runs apart by colour and dash', () => {
    const [first, second] = traces([curve, { ...curve, id: 'b' }], 'accuracy', 'steps', index => `color-${index}`) as { line: { color: string; dash: string } }[];
    expect(first!.line).not.toEqual(second!.line);
    expect(first!.line.dash).not.toBe(second!.line.dash);
});
