import { lowerBound } from './growing';

export interface Polyline {
  x: number[];
  y: number[];
}

/**
 * Smallest power of two, at least 1, for which the range holds at most maxBins bins. Bins of such widths nest and are aligned at
 * multiples of their width, so that a curve that grows or is zoomed keeps its shape instead of shimmering.
 */
export function binWidth(from: number, to: number, maxBins: number): number {
  let width = 1;
  while ((to - from) / width > maxBins) {
    width *= 2;
  }
  return width;
}

/**
 * The points of (x, y) between from and to, x ascending, with at most about 2 × maxBins of them: each bin keeps its smallest and its
 * largest value in the order in which they came, so a spike of one step stays visible. The last point is always kept, because it is the
 * newest value. Values that are not numbers are left out.
 */
export function decimate(x: ArrayLike<number>, y: ArrayLike<number>, from: number, to: number, maxBins: number): Polyline {
  // One point beyond each end, so that the line enters and leaves the picture.
  const begin = Math.max(lowerBound(x, from) - 1, 0);
  const end = Math.min(lowerBound(x, to) + 1, x.length);
  const width = binWidth(from, to, maxBins);
  const line: Polyline = { x: [], y: [] };
  let i = begin;
  while (i < end) {
    const bin = Math.floor(x[i]! / width);
    let low = -1;
    let high = -1;
    let last = -1;
    for (; i < end && Math.floor(x[i]! / width) === bin; i++) {
      const value = y[i]!;
      if (!Number.isFinite(value)) {
        continue;
      }
      last = i;
      if (low < 0 || value < y[low]!) {
        low = i;
      }
      if (high < 0 || value > y[high]!) {
        high = i;
      }
    }
    append(line, x, y, Math.min(low, high));
    append(line, x, y, Math.max(low, high));
    if (i === end) {
      append(line, x, y, last);
    }
  }
  return line;
}

function append(line: Polyline, x: ArrayLike<number>, y: ArrayLike<number>, index: number): void {
  if (index >= 0 && line.x[line.x.length - 1] !== x[index]) {
    line.x.push(x[index]!);
    line.y.push(y[index]!);
  }
}
