import { expect, it } from 'vitest';
import { compact, count, duration, figure, percent } from './format';

const plain = (text: string) => text.replaceAll('\u202f', ' ');

it.each([[0, '0'], [999, '999'], [1000, '1 000'], [1234567, '1 234 567']])('count %d', (value, text) => expect(plain(count(value))).toBe(text));
it.each([[7, '7'], [1530, '1.53k'], [999_999, '1.00M'], [2_400_000, '2.40M']])('compact %d', (value, text) => expect(compact(value)).toBe(text));
it.each([[0.9931, '99.3 %'], [0, '0.0 %'], [NaN, '–']])('percent %d', (value, text) => expect(plain(percent(value))).toBe(text));
it.each([[0, '0'], [0.123456, '0.123'], [0.00012345, '1.23e-4'], [NaN, 'NaN'], [Infinity, '∞']])('figure %d', (value, text) => expect(figure(value)).toBe(text));
it.each([[8.24, '8.2 s'], [42.4, '42 s'], [125, '2 min 05 s'], [3840, '1 h 04 min'], [-1, '–']])('duration %d', (value, text) => expect(plain(duration(value))).toBe(text));
