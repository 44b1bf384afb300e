import { finishes } from '../shared/attention/look-words';
import type { CrossAttentionMaps } from '../shared/attention/cross-attention-maps';
import type { ReadingPayload } from '../shared/reading';
import type { CellGrid } from '../shared/stroke-cells';

/**
 * The cell of each token that was written: where there is one digit for each cell that is drawn in, they belong together in reading order;
 * otherwise it is the cell the decoder looked at most. −1 for the finishing token and where nobody can say.
 */
export function cellsOfSteps({ tokens, labels }: ReadingPayload, drawn: readonly number[], grid: CellGrid, maps: CrossAttentionMaps | null): number[] {
    return (tokens ?? []).map((token, step) => {
        if (finishes(token)) return -1;
        return labels.length === drawn.length ? drawn[step]! : maps ? mostLookedAt(maps, step, grid) : -1;
    });
}

/** The cell that got most of the attention at a step. */
export function mostLookedAt(maps: CrossAttentionMaps, step: number, { rows, columns }: CellGrid): number {
    const shares = new Float64Array(rows * columns);
    maps.looksAt(step, -1, -1).forEach((weight, patch) => {
        const [x, y] = [(patch % maps.gridWidth) + 0.5, Math.floor(patch / maps.gridWidth) + 0.5];
        shares[Math.floor((y / maps.gridHeight) * rows) * columns + Math.floor((x / maps.gridWidth) * columns)]! += weight;
    });
    return shares.indexOf(Math.max(...shares));
}
