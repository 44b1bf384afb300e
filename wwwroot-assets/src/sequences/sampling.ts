import { images } from './sequence-grid';

const every: readonly number[] = Array.from({ length: 10 }, (_, digit) => digit);
const anyOf = (digits: readonly number[]) => digits[Math.floor(Math.random() * digits.length)]!;

/** One to ten digits. */
export function randomSequence(): number[] {
    return Array.from({ length: 1 + Math.floor(Math.random() * images.length) }, () => anyOf(every));
}

/** A digit to look for, there as often as not. */
export function randomAnchor(sequence: readonly number[]): number {
    const others = every.filter(digit => !sequence.includes(digit));
    const there = others.length === 0 || (sequence.length > 0 && Math.random() < 0.5);
    return anyOf(there ? sequence : others);
}

/** A sequence's digits by their cells. */
export function inCells(sequence: readonly number[]): Map<number, number> {
    return new Map(sequence.map((digit, index) => [images[index]!, digit]));
}
