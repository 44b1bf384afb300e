import { expect, it } from 'vitest';
import { paddingOf } from './look-view';

it('takes images without ink for padding', () => {
    const [width, height] = [8, 2];
    const pixels = new Uint8Array(width * height);
    pixels[3] = 1;              // first row, second image
    pixels[width + 7] = 255;    // last row, last image
    expect(paddingOf({ width, height, pixels })).toEqual([0, 2]);
});
