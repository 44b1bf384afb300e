import { GrowingColumn, lowerBound, nearestIndex } from './growing';
import { Smoothed } from './smoothing';
import type { RunUpdate } from '../shared/hub';
import type { Evaluation, Started, TrainingEvent } from './wire';

export interface ValidationPoint {
    step: number;
    epoch: number;
    whole: boolean;
    evaluation: Evaluation;
}

export type MarkKind = 'paused' | 'resumed' | 'rate' | 'best' | 'checkpoint' | 'ended' | 'failed';

/** Something that happened at a step, drawn as a small flag on the curves. */
export interface Mark {
    step: number;
    kind: MarkKind;
    text: string;
}

export interface Ending {
    step: number;
    outcome: 'Completed' | 'Stopped' | 'Failed';
    reason: string | null;
    test: Record<string, number> | null;
}

/**
 * Everything this tab knows about one run, folded from the hub's messages. Steps ascend: a run that went on from a checkpoint repeats
 * steps, and then what came after that checkpoint is dropped, so the curve is the one that led to the present weights.
 */
export class RunHistory {
    readonly step = new GrowingColumn();
    readonly epoch = new GrowingColumn();
    readonly loss = new GrowingColumn();
    readonly rate = new GrowingColumn();
    readonly gradientNorm = new GrowingColumn();
    readonly imagesPerSecond = new GrowingColumn();
    readonly validations: ValidationPoint[] = [];
    readonly marks: Mark[] = [];
    smoothed = new Smoothed(0.9);
    started: Started | null = null;
    ending: Ending | null = null;
    /** Of the last message; what comes next is asked for with it. */
    sequence = 0;
    /** Counts messages that changed something: cheap to compare. */
    version = 0;

    apply(update: RunUpdate): void {
        if (update.sequence <= this.sequence) {
            return;
        }
        this.sequence = update.sequence;
        this.version++;
        // A message ends before a restart, so a restart comes first in its message.
        const first = update.events[0]?.event as unknown as TrainingEvent | undefined;
        if (first?.type === 'started') {
            this.rewind(first.step);
        }
        this.addSteps(update);
        for (const { event } of update.events) {
            this.addEvent(event as unknown as TrainingEvent);
        }
    }

    /** Same data, other smoothing. */
    smooth(amount: number): void {
        this.smoothed = new Smoothed(amount);
        this.smoothed.follow(this.loss);
        this.version++;
    }

    get lastStep(): number {
        return this.step.length === 0 ? (this.started?.step ?? 0) : this.step.last;
    }

    /** Newest validation at or before the step, or the first one. */
    validationAt(step: number): ValidationPoint | null {
        const steps = this.validations.map((v) => v.step);
        const index = lowerBound(steps, step + 1) - 1;
        return this.validations[Math.max(index, 0)] ?? null;
    }

    /** Newest look at the whole split or, before there is one, at a part of it. */
    get newestValidation(): ValidationPoint | null {
        return this.validations[this.validations.length - 1] ?? null;
    }

    /** Index of the step nearest to x; -1 before the first. */
    indexNear(x: number): number {
        return nearestIndex(this.step.values, x);
    }

    private addSteps({ steps }: RunUpdate): void {
        for (let i = 0; i < steps.step.length; i++) {
            const step = steps.step[i]!;
            if (step <= this.step.last) {
                this.rewind(step - 1);
            }
            this.step.push(step);
            this.epoch.push(steps.epoch[i]!);
            this.loss.push(numberOf(steps.loss[i]));
            this.rate.push(numberOf(steps.rate[i]));
            this.gradientNorm.push(numberOf(steps.gradientNorm[i]));
            this.imagesPerSecond.push(numberOf(steps.imagesPerSecond[i]));
        }
        this.smoothed.follow(this.loss);
    }

    private addEvent(event: TrainingEvent): void {
        switch (event.type) {
            case 'started':
                this.started = event;
                this.ending = null;
                break;
            case 'validation':
                this.addValidation(event);
                break;
            case 'epoch':
                if (event.isBest) {
                    this.replaceMark({ step: event.step, kind: 'best', text: `best so far, epoch ${event.epoch}` });
                }
                break;
            case 'learningRate':
                this.marks.push({ step: event.step, kind: 'rate', text: `learning rate ${event.rate.toPrecision(3)}` });
                break;
            case 'checkpoint':
                if (event.name !== 'best' && event.step > 0) {
                    this.replaceMark({ step: event.step, kind: 'checkpoint', text: `checkpoint “${event.name}”` });
                }
                break;
            case 'paused':
                this.marks.push({ step: event.step, kind: 'paused', text: 'paused' });
                break;
            case 'resumed':
                this.marks.push({ step: event.step, kind: 'resumed', text: 'resumed' });
                break;
            case 'ended':
                this.ending = event;
                this.marks.push({ step: event.step, kind: event.outcome === 'Failed' ? 'failed' : 'ended', text: event.outcome.toLowerCase() });
                break;
        }
    }

    private addValidation(point: ValidationPoint): void {
        // The look at the whole split that ends an epoch supersedes a look at a part of it at the same step.
        while (this.validations.length > 0 && this.validations[this.validations.length - 1]!.step >= point.step) {
            this.validations.pop();
        }
        this.validations.push(point);
    }

    /** 'best' and 'checkpoint' are files that are written over: only the newest of each exists. */
    private replaceMark(mark: Mark): void {
        const old = this.marks.findIndex((m) => m.kind === mark.kind);
        if (old >= 0) {
            this.marks.splice(old, 1);
        }
        this.marks.push(mark);
    }

    private rewind(step: number): void {
        const kept = lowerBound(this.step.values, step + 1);
        for (const column of [this.step, this.epoch, this.loss, this.rate, this.gradientNorm, this.imagesPerSecond, this.smoothed]) {
            column.truncate(kept);
        }
        dropAfter(this.validations, step);
        dropAfter(this.marks, step);
    }
}

function dropAfter(list: { step: number }[], step: number): void {
    for (let i = list.length - 1; i >= 0; i--) {
        if (list[i]!.step > step) {
            list.splice(i, 1);
        }
    }
}

/** JSON has no NaN: a server may send null or 'NaN' for a loss that is no number. */
function numberOf(value: unknown): number {
    return typeof value === 'number' ? value : NaN;
}
