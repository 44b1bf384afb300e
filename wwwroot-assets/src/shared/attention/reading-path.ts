import type { Grid } from '../heatmap';

/** A place in a picture: 0, 0 its upper left corner, 1, 1 its lower right one. */
export interface Point {
    x: number;
    y: number;
}

/** What of each weight lies above the even share: an even haze over the picture says nothing about where a step looks. */
function excess({ values }: Grid): Float64Array {
    let sum = 0;
    for (let index = 0; index < values.length; index++) sum += values[index]!;
    return Float64Array.from({ length: values.length }, (_, index) => Math.max(0, values[index]! - sum / values.length));
}

/**
 * The centre of mass of the attention above the even share, patches counted at their middles; the middle of the picture when all is
 * even. Counting the haze as well would pull every step of a grid of digits towards the middle.
 */
export function centreOfAttention(grid: Grid): Point {
    const mass = excess(grid);
    let [x, y, sum] = [0, 0, 0];
    mass.forEach((weight, patch) => {
        x += weight * ((patch % grid.width) + 0.5);
        y += weight * (Math.floor(patch / grid.width) + 0.5);
        sum += weight;
    });
    return sum > 0 ? { x: x / sum / grid.width, y: y / sum / grid.height } : { x: 0.5, y: 0.5 };
}

/** 0 for attention spread evenly, towards 1 for one patch only: the share that would have to move to make it even. */
export function concentration(grid: Grid): number {
    let sum = 0;
    for (let index = 0; index < grid.values.length; index++) sum += grid.values[index]!;
    return sum > 0 ? excess(grid).reduce((total, weight) => total + weight, 0) / sum : 0;
}

/**
 * The same places moved apart until no two are nearer than `distance` (or a few rounds have passed), so that numbered marks on them can all be read; order
 * and rough place stay. Places on top of each other part sideways.
 */
export function apart(points: readonly Point[], distance: number): Point[] {
    const moved = points.map(point => ({ ...point }));
    const inside = (value: number) => Math.min(1 - distance / 2, Math.max(distance / 2, value));
    for (let round = 0; round < 24; round++) {
        let still = true;
        for (let first = 0; first < moved.length; first++) {
            for (let second = first + 1; second < moved.length; second++) {
                const [a, b] = [moved[first]!, moved[second]!];
                const between = Math.hypot(b.x - a.x, b.y - a.y);
                if (between >= distance - 1e-6) continue;
                still = false;
                const [dx, dy] = between > 1e-6 ? [(b.x - a.x) / between, (b.y - a.y) / between] : [1, 0];
                const push = (distance - between) / 2;
                [a.x, a.y, b.x, b.y] = [inside(a.x - dx * push), inside(a.y - dy * push), inside(b.x + dx * push), inside(b.y + dy * push)];
            }
        }

        if (still) break;
    }

    return moved;
}

/** The part of the line between two round marks that lies outside both; null when they touch. */
export function between(from: Point, to: Point, radius: number): { from: Point; to: Point } | null {
    const length = Math.hypot(to.x - from.x, to.y - from.y);
    if (length <= 2 * radius) return null;
    const [dx, dy] = [((to.x - from.x) / length) * radius, ((to.y - from.y) / length) * radius];
    return { from: { x: from.x + dx, y: from.y + dy }, to: { x: to.x - dx, y: to.y - dy } };
}
