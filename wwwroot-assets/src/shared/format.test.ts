import { expect, it } from 'vitest';
import { count, milliseconds, percent } from './format';

const plain = (text: string) => text.replaceAll('\u202f', ' ');

it.each([[0, '0'], [999, '999'], [1000, '1,000'], [1234567, '1,234,567']])('count %d', (value, text) => expect(plain(count(value))).toBe(text));
it.each([[0.9931, '99.3 %'], [0, '0.0 %'], [NaN, '–']])('percent %d', (value, text) => expect(plain(percent(value))).toBe(text));
it.each([[0.44, '0.4 ms'], [34.4, '34 ms']])('milliseconds %d', (value, text) => expect(plain(milliseconds(value))).toBe(text));
