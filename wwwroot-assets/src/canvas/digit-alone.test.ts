import { expect, it } from 'vitest';
import { digitAlone } from './digit-alone';

it('stands in the middle of a canvas of its own, wherever it was drawn', () => {
    expect(digitAlone([[900, 700, 1000, 900]], 22.4)).toEqual({ width: 280, height: 280, strokes: [[90, 40, 190, 240]], brush: 22.4 });
});

it('is scaled down with its brush when it is larger', () => {
    expect(digitAlone([[0, 0, 200, 480]], 30)).toEqual({ width: 280, height: 280, strokes: [[90, 20, 190, 260]], brush: 15 });
});
