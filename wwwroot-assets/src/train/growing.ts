/** Float64 column that grows by doubling and can be cut back. */
export class GrowingColumn {
    private store = new Float64Array(1024);
    private count = 0;

    get length(): number {
        return this.count;
    }

    /** A view, valid until the next push. */
    get values(): Float64Array {
        return this.store.subarray(0, this.count);
    }

    get last(): number {
        return this.count === 0 ? NaN : this.store[this.count - 1]!;
    }

    at(index: number): number {
        return this.store[index]!;
    }

    push(value: number): void {
        if (this.count === this.store.length) {
            const larger = new Float64Array(this.store.length * 2);
            larger.set(this.store);
            this.store = larger;
        }
        this.store[this.count++] = value;
    }

    truncate(length: number): void {
        this.count = Math.min(this.count, length);
    }
}

/** First index whose value is not below x, in an ascending column. */
export function lowerBound(ascending: ArrayLike<number>, x: number): number {
    let low = 0;
    let high = ascending.length;
    while (low < high) {
        const middle = (low + high) >>> 1;
        if (ascending[middle]! < x) {
            low = middle + 1;
        } else {
            high = middle;
        }
    }
    return low;
}

/** Index of the value nearest to x in an ascending column; -1 when it is empty. */
export function nearestIndex(ascending: ArrayLike<number>, x: number): number {
    const n = ascending.length;
    if (n === 0) {
        return -1;
    }
    const right = Math.min(lowerBound(ascending, x), n - 1);
    const left = Math.max(right - 1, 0);
    return x - ascending[left]! < ascending[right]! - x ? left : right;
}
