import { area, type Box, grown, intersectionOverUnion } from '../shared/box';
import { defaultBrush, type Stroke } from '../shared/stroke-model';
import { boundsOf, gapBetween, samples, shareInside } from './stroke-geometry';

/** Something on the canvas that is held as one: the strokes of a digit, or marks that were read as nothing. */
export interface CanvasObject {
    /** Where it is shown and held, in units: the model's box, or the rim of what was read as nothing. */
    box: Box;
    strokes: Stroke[];
    /** Index among the answer's boxes; −1 for what was read as nothing. */
    read: number;
}

/** How far outside its box a digit's strokes may run, in units: boxes are of whole pixels, and hands are generous. */
const slack = 10;

/** Share of a stroke that must lie in a box for the box to have it by itself. */
const belongs = 0.5;

/** Share of a stroke that must lie in a box for a box without strokes to have it. */
const crosses = 0.1;

/** Share of two boxes that makes what a person bound together the digit that was read there. */
const sameBox = 0.4;

/**
 * Whose stroke is whose. A stroke belongs to the box that holds most of it, half of it at least, the smaller one of equals. A box that has none
 * so takes the one it holds most of: the hand may have drawn on since it was found. What is left goes with what it touches: a read digit first, else other such strokes, and these marks make an object of their own. A box without
 * strokes stays an object, so that what was read off a picture is shown as well.
 * @param boxes Where digits were read, in units.
 * @param bound Strokes that a person said belong together, whatever the boxes say.
 * @param owned Strokes that each box has already: a stroke that grows out of its box stays with it until an answer says otherwise.
 */
export function groupStrokes(
    strokes: readonly Stroke[], boxes: readonly Box[], bound: readonly (readonly Stroke[])[] = [], owned: readonly (readonly Stroke[])[] = [],
): CanvasObject[] {
    const digits = boxes.map((box, read): CanvasObject => ({ box, strokes: [], read }));
    const together = bound.map(group => strokes.filter(stroke => group.includes(stroke))).filter(group => group.length > 0);
    const free = strokes.filter(stroke => !together.some(group => group.includes(stroke)));
    const points = new Map(free.map(stroke => [stroke, samples(stroke)]));
    const loose: Stroke[] = [];
    for (const stroke of free) {
        const known = owned.findIndex(own => own.includes(stroke));
        const owner = known >= 0 ? known : ownerOf(points.get(stroke)!, boxes);
        if (owner >= 0) digits[owner]!.strokes.push(stroke);
        else loose.push(stroke);
    }

    for (const digit of digits.filter(({ strokes: own }) => own.length === 0)) {
        const shares = loose.map(stroke => shareInside(points.get(stroke)!, grown(digit.box, slack)));
        const most = shares.indexOf(Math.max(...shares));
        if (most >= 0 && shares[most]! > crosses) digit.strokes.push(...loose.splice(most, 1));
    }

    const marks = gather(loose, digits, points);
    const held = together.map(group => asObject(group, boxes));
    const taken = new Set(held.map(({ read }) => read));
    return [...digits.filter(({ read }) => !taken.has(read)), ...held, ...marks];
}

function ownerOf(points: readonly number[], boxes: readonly Box[]): number {
    let [owner, most] = [-1, 0];
    boxes.forEach((box, index) => {
        const share = shareInside(points, grown(box, slack));
        if (share >= belongs && (share > most || (share === most && area(box) < area(boxes[owner]!)))) [owner, most] = [index, share];
    });
    return owner;
}

/** Hands loose strokes to the digits they touch; the others become objects, each of all that hangs together. */
function gather(loose: readonly Stroke[], digits: readonly CanvasObject[], points: ReadonlyMap<Stroke, readonly number[]>): CanvasObject[] {
    const touches = (a: Stroke, b: Stroke) => gapBetween(points.get(a)!, points.get(b)!) <= defaultBrush;
    let rest = [...loose];
    let grew = true;
    while (grew) {
        const before = rest.length;
        rest = rest.filter(stroke => {
            const digit = digits.find(({ strokes }) => strokes.some(other => touches(stroke, other)));
            digit?.strokes.push(stroke);
            return !digit;
        });
        grew = rest.length < before;
    }

    const marks: Stroke[][] = [];
    for (const stroke of rest) {
        const joined = marks.filter(mark => mark.some(other => touches(stroke, other)));
        for (const mark of joined) marks.splice(marks.indexOf(mark), 1);
        marks.push([...joined.flat(), stroke]);
    }

    return marks.map(strokes => ({ box: rimOf(strokes), strokes, read: -1 }));
}

function asObject(strokes: Stroke[], boxes: readonly Box[]): CanvasObject {
    const rim = rimOf(strokes);
    const shares = boxes.map(box => intersectionOverUnion(box, rim));
    const read = shares.indexOf(Math.max(sameBox, ...shares));
    return { box: boxes[read] ?? rim, strokes, read };
}

/** Around strokes as the brush draws them. */
const rimOf = (strokes: readonly Stroke[]) => grown(boundsOf(strokes), defaultBrush / 2);
