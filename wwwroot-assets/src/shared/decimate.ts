/**
 * Thins a curve so that no spike is lost and nothing shimmers while it grows: each bin keeps its lowest and highest point in their
 * order, and bins are powers of two wide and aligned to the absolute index, so that a point's bin never changes as data arrive.
 */
export function decimate(x: ArrayLike<number>, y: ArrayLike<number>, maximumPoints: number, from = 0, to = x.length): { x: number[]; y: number[] } {
    const size = binSize(to - from, maximumPoints);
    const result = { x: [] as number[], y: [] as number[] };
    const keep = (index: number) => {
        result.x.push(x[index]!);
        result.y.push(y[index]!);
    };
    if (size === 1) {
        for (let index = from; index < to; index++) keep(index);
        return result;
    }

    for (let start = Math.floor(from / size) * size; start < to; start += size) {
        const [first, end] = [Math.max(start, from), Math.min(start + size, to)];
        let [low, high] = [first, first];
        for (let index = first + 1; index < end; index++) {
            if (y[index]! < y[low]!) low = index;
            if (y[index]! > y[high]!) high = index;
        }

        keep(Math.min(low, high));
        if (low !== high) keep(Math.max(low, high));
    }

    if (result.x.at(-1) !== x[to - 1] && to > from) keep(to - 1);
    return result;
}

/** Smallest power of two that brings `points` under `maximumPoints` at two kept per bin. */
export function binSize(points: number, maximumPoints: number): number {
    if (points <= maximumPoints) return 1;
    return 2 ** Math.max(1, Math.ceil(Math.log2((2 * points) / maximumPoints)));
}
