import { expect, it } from 'vitest';
import { type Box, scaledBox } from '../shared/box';
import { foundIn } from './found';

const classes = [...'0123456789', 'empty'];
const region = (predicted: number, presence?: number) => ({ predicted, probabilities: classes.map((_, index) => (index === predicted ? 0.8 : 0.02)), box: { x: 1, y: 2, width: 3, height: 4 }, ...(presence === undefined ? {} : { presence }) });
const reading = (...regions: ReturnType<typeof region>[]) => ({ text: '', labels: [], regions, tokens: null });
const tenfold = (box: Box) => scaledBox(box, 10);

it('is as sure of a digit as that one is there and that it is this one', () => {
    const [seven] = foundIn(reading(region(7, 0.5)), classes, tenfold);
    expect(seven).toMatchObject({ digit: '7', presence: 0.5, box: { x: 10, y: 20, width: 30, height: 40 } });
    expect(seven!.sure).toBeCloseTo(0.4);
});

it('takes the class alone where nobody says that a digit is there', () => {
    expect(foundIn(reading(region(7)), classes, tenfold)[0]).toMatchObject({ sure: 0.8, presence: null });
});

it('leaves out what is no digit or has no place', () => {
    expect(foundIn(reading(region(10), { ...region(3), box: null as never }), classes, tenfold)).toEqual([]);
});
