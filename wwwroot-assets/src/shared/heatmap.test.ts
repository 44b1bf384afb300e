import { expect, it } from 'vitest';
import { viridisTable } from './colors';
import { cellAt, heatmapPixels } from './heatmap';

it('paints the largest value with the end of the map and zero with its start', () => {
    const pixels = heatmapPixels({ values: [0, 0.5], width: 2, height: 1 });
    expect([...pixels.slice(0, 3)]).toEqual([...viridisTable.slice(0, 3)]);
    expect([...pixels.slice(4, 7)]).toEqual([...viridisTable.slice(-3)]);
});

it('fades small values out when a picture lies below', () => {
    const pixels = heatmapPixels({ values: [0, 1], width: 2, height: 1 }, { opacity: 0.5, fade: true });
    expect([pixels[3], pixels[7]]).toEqual([0, 128]);
});

it('keeps a fixed scale when asked to', () => {
    const pixels = heatmapPixels({ values: [0.1, 0.2], width: 2, height: 1 }, { maximum: 0.4 });
    expect(pixels[4]).toBe(viridisTable[Math.round(0.5 * 255) * 3]);
});

it('finds the cell under a pointer', () => {
    const canvas = { getBoundingClientRect: () => ({ left: 100, top: 50, width: 40, height: 40 }) } as HTMLElement;
    expect(cellAt(canvas, { clientX: 101, clientY: 51 }, 4, 4)).toBe(0);
    expect(cellAt(canvas, { clientX: 139, clientY: 61 }, 4, 4)).toBe(7);
    expect(cellAt(canvas, { clientX: 141, clientY: 61 }, 4, 4)).toBe(-1);
});
