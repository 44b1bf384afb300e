import { count, percent } from '../shared/format';
import type { Axis, Reach } from './crossing';

const units: Record<Axis, string> = { steps: 'steps', samples: 'samples', seconds: 's' };

/** Where the curves reach the target, in a sentence: what a transfer bought when there is one run with and one without. */
export function verdict(reached: readonly Reach[], title: string, axis: Axis, target: number): string {
    if (reached.length === 0) return '';
    const goal = `${percent(target, decimals(target))} ${title.charAt(0).toLowerCase()}${title.slice(1)}`;
    const transfer = reached.find(({ curve }) => curve.start === 'transfer');
    const scratch = reached.find(({ curve }) => curve.start === 'scratch');
    const pair = reached.length === 2 && transfer !== undefined && scratch !== undefined;
    if (reached.every(({ at }) => at === null)) {
        return `${reached.length === 1 ? `${reached[0]!.curve.name} has not` : 'None of these runs has'} reached ${goal} yet; the best is ${percent(Math.max(...reached.map(({ best }) => best)), 2)}.`;
    }

    const parts = pair
        ? [`with transfer ${said(transfer, axis)}`, `from scratch ${said(scratch, axis)}`]
        : reached.map(reach => `${reach.curve.name} ${said(reach, axis)}`);
    return `To ${goal}: ${parts.join(', ')}${pair ? compared(transfer, scratch, axis) : ''}.`;
}

function said({ at, best }: Reach, axis: Axis): string {
    return at === null ? `not yet (best ${percent(best, 2)})` : `${amount(at, axis)} ${units[axis]}`;
}

function compared({ at: transfer }: Reach, { at: scratch }: Reach, axis: Axis): string {
    if (transfer === null || scratch === null || transfer <= 0 || scratch <= 0) return '';
    const ratio = Math.max(transfer, scratch) / Math.min(transfer, scratch);
    if (ratio < 1.05) return ': about the same';
    return `: ${ratio.toFixed(1)} × ${axis === 'seconds' ? (transfer < scratch ? 'faster' : 'slower') : transfer < scratch ? 'fewer' : 'more'}`;
}

/** Three digits are as exact as the line between two measurements. */
function amount(value: number, axis: Axis): string {
    return axis === 'seconds' && value < 100 ? value.toFixed(1) : count(Number(value.toPrecision(3)));
}

function decimals(share: number): number {
    return Number.isInteger(Math.round(share * 1e4) / 100) ? 0 : 1;
}
