import { part, setText } from '../shared/dom';
import { clock, norm, rate, roughly, whole } from './numbers';
import { Pace, remainingSeconds } from './pace';
import type { RunHistory } from './run-history';
import type { RunState } from './wire';

/** What the page knows about the run and the stream does not carry. */
export interface RunStatus {
    state: RunState;
    activeSeconds: number;
    batchSize: number;
}

/** Speed, time, rate and gradient of the run, each in its own place of fixed width. */
export class NumberStrip {
    private readonly pace = new Pace();
    private status: RunStatus | null = null;

    constructor(private readonly root: HTMLElement, private readonly history: RunHistory) {}

    tell(status: RunStatus, now: number): void {
        this.status = status;
        this.pace.tell(status.activeSeconds, status.state === 'Running', now);
        this.write(now);
    }

    write(now: number): void {
        const { history, status } = this;
        const total = history.started?.totalSteps ?? null;
        const running = status?.state === 'Running';
        const left = status === null ? null : remainingSeconds(history.lastStep, total, status.batchSize, history.imagesPerSecond.last);
        this.set('step', whole(history.lastStep));
        this.set('total-steps', total === null ? '' : `of ${whole(total)}`);
        this.set('epoch', history.step.length === 0 ? '–' : whole(history.epoch.last));
        this.set('speed', history.step.length === 0 ? '–' : whole(history.imagesPerSecond.last));
        this.set('elapsed', clock(this.pace.elapsed(now)));
        this.set('eta', running || status?.state === 'Paused' ? roughly(left) : '–');
        this.set('rate', rate(history.rate.last));
        this.set('gradient', norm(history.gradientNorm.last));
        const progress = part<HTMLProgressElement>(this.root, 'progress');
        progress.max = Math.max(total ?? 1, 1);
        progress.value = history.lastStep;
        this.root.dataset['step'] = String(history.lastStep);
    }

    private set(name: string, text: string): void {
        setText(part(this.root, name), text);
    }
}
