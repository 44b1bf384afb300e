import type { Box } from '../shared/box';
import type { ReadingPayload } from '../shared/reading';
import type { Found } from './canvas-objects';

/**
 * The digits of a reading: its regions that have a box and are read as a digit.
 * @param toUnits From pixels of the picture that was read.
 */
export function foundIn({ regions }: ReadingPayload, classes: readonly string[], toUnits: (box: Box) => Box): Found[] {
    return regions.flatMap(({ box, predicted, probabilities, presence = null }) => {
        const digit = classes[predicted] ?? '';
        if (!box || !/^[0-9]$/.test(digit)) return [];
        return [{ box: toUnits(box), digit, sure: (presence ?? 1) * probabilities[predicted]!, presence, probabilities, predicted }];
    });
}
