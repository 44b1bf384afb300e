/**
 * What is on the canvas, in words: "3 digits: 4 7 1".
 * @param digits The digits read, in reading order.
 * @param drawn Whether anything is on the canvas at all.
 */
export function readingWords(digits: readonly number[], drawn: boolean): string {
    if (!drawn) return 'Nothing here';
    if (digits.length === 0) return 'Marks, but no digit found';
    return `${digits.length === 1 ? '1 digit' : `${digits.length} digits`}: ${digits.join(' ')}`;
}
