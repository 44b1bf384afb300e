import { Sight } from '../shared/attention/sight';
import { Cleanup, type Control, type Owner } from '../shared/control';
import { isTyping, part, setText } from '../shared/dom';
import { type LinkState, type ProbeFrame, type ProbeReading, trainingHub, type Watch } from '../shared/hub';
import { whileVisible } from '../shared/visibility';
import { ChartsPanel } from './charts-panel';
import { ConfusionMatrix } from './confusion';
import { rate, whole } from './numbers';
import { NumberStrip, type RunStatus } from './number-strip';
import { ProbeReadingView } from './probe-reading';
import { nameOf, ProbeWall } from './probe-wall';
import { spokenSummary } from './readout';
import { RunHistory } from './run-history';
import type { Metric, Probe } from './wire';

export interface LiveOptions {
    runId: string;
    classes: string[];
    /** The classes are numbers in order, so there is no confusion matrix. */
    isRegression: boolean;
    metrics: Metric[];
    expected: number | null;
    status: RunStatus;
}

const summaryInterval = 10_000;
const clockInterval = 250;

/** Everything that moves on the live page of one run. Made for one run; the page makes a new one for another. */
class LiveRun implements Control {
    private readonly cleanup = new Cleanup();
    private readonly history = new RunHistory();
    private readonly numbers: NumberStrip;
    private readonly charts: ChartsPanel;
    private readonly confusion: ConfusionMatrix | null;
    private readonly wall: ProbeWall;
    private readonly reading: ProbeReadingView;
    private readonly sight: Sight;
    private probeWatch: Watch | null = null;
    private loadingProbes = false;
    private lastFrame: ProbeFrame | null = null;

    constructor(private readonly root: HTMLElement, private readonly options: LiveOptions) {
        const { classes, isRegression, metrics, expected, runId } = options;
        const { cleanup, history } = this;
        this.numbers = new NumberStrip(root, history);
        this.charts = new ChartsPanel(root, history, metrics, expected, cleanup);
        this.confusion = isRegression ? null : new ConfusionMatrix(part(root, 'confusion'), classes, (mistake) => `/api/runs/${runId}/images/validation/${mistake.index}.png`, cleanup);
        this.wall = new ProbeWall(part(root, 'probes'), classes, (id) => this.chooseProbe(id), (id) => void this.unpin(id));
        this.reading = new ProbeReadingView(part(root, 'probe-reading'), classes, isRegression, (place) => this.sight.selectStep(place));
        this.sight = new Sight(root, { stepped: (step) => this.reading.select(step) });
        cleanup.add(() => this.sight.dispose());
        this.charts.onCrosshair((step) => this.showConfusion(step));
        this.update(options.status);
        this.watchRun();
        this.speak();
        this.followRateSlider();
        cleanup.listen(document, 'keydown', (event: KeyboardEvent) => this.key(event));
        const clock = setInterval(() => this.numbers.write(performance.now()), clockInterval);
        cleanup.add(() => clearInterval(clock));
        void this.loadProbes().then(() => this.watchProbes());
    }

    /** The page tells state and active time when they change. */
    update(status: RunStatus): void {
        this.numbers.tell(status, performance.now());
        this.root.dataset['state'] = status.state;
    }

    /** A drawing was pinned or unpinned somewhere. */
    probesChanged(): void {
        void this.loadProbes();
    }

    dispose(): void {
        this.cleanup.dispose();
    }

    private watchRun(): void {
        const watch = trainingHub().watchRun(this.options.runId, 0, (update) => {
            this.history.apply(update);
            this.charts.refresh();
            this.showConfusion();
            this.numbers.write(performance.now());
        }, (state) => this.showLink(state));
        this.cleanup.add(() => watch.dispose());
    }

    /** Maps are computed only while this part of the page is on the screen. */
    private watchProbes(): void {
        this.cleanup.add(whileVisible(part(this.root, 'attention'), () => {
            this.followProbe();
            return () => {
                this.probeWatch?.dispose();
                this.probeWatch = null;
            };
        }));
    }

    private followProbe(): void {
        this.probeWatch?.dispose();
        this.probeWatch = trainingHub().watchProbes(this.options.runId, this.wall.selected?.probe.id ?? null, (frame) => this.showFrame(frame));
    }

    private showFrame(frame: ProbeFrame): void {
        this.lastFrame = frame;
        if (!this.wall.show(frame)) {
            void this.loadProbes();
        }
        const reading = this.chosenReading();
        if (reading !== undefined && frame.attentionProbe === reading.id) {
            this.sight.show({ ...frame, tokens: reading.tokens });
            setText(part(this.root, 'map-step'), `weights of step ${whole(frame.step)}`);
        }
        this.showChosenReading();
        part(this.root, 'probes').dataset['step'] = String(frame.step);
    }

    private chosenReading(): ProbeReading | undefined {
        return this.lastFrame?.readings.find((reading) => reading.id === this.wall.selected?.probe.id);
    }

    private showChosenReading(): void {
        const reading = this.chosenReading();
        if (reading === undefined) {
            this.reading.clear();
        } else {
            this.reading.show(reading, this.wall.selected?.probe.labels ?? null);
        }
    }

    private chooseProbe(id: string): void {
        this.wall.select(id);
        this.showChosen();
        if (this.probeWatch !== null) {
            this.followProbe();
        }
    }

    private showChosen(): void {
        const selected = this.wall.selected;
        if (selected !== null) {
            this.sight.setPicture(selected.picture);
            setText(part(this.root, 'map-probe'), nameOf(selected.probe, this.options.classes));
        }
        this.showChosenReading();
    }

    private async loadProbes(): Promise<void> {
        if (this.loadingProbes) {
            return;
        }
        this.loadingProbes = true;
        try {
            const before = this.wall.selected?.probe.id;
            const response = await fetch(`/api/runs/${encodeURIComponent(this.options.runId)}/probes`);
            if (response.ok) {
                this.wall.setProbes((await response.json()) as Probe[]);
                this.showChosen();
                if (this.probeWatch !== null && this.wall.selected?.probe.id !== before) {
                    this.followProbe();
                }
            }
        } finally {
            this.loadingProbes = false;
        }
    }

    private async unpin(id: string): Promise<void> {
        await fetch(`/api/probes/${encodeURIComponent(id)}`, { method: 'DELETE' });
        await this.loadProbes();
    }

    private showLink(state: LinkState): void {
        const words: Record<LinkState, string> = { connecting: 'connecting …', live: '', lost: 'connection lost; the run goes on, this page catches up by itself', hidden: '' };
        setText(part(this.root, 'link'), words[state]);
        this.root.dataset['link'] = state;
    }

    /** The matrix of the newest look at the validation samples, or of the one before the crosshair. */
    private showConfusion(step = this.charts.crosshair): void {
        this.confusion?.show(step === null ? this.history.newestValidation : this.history.validationAt(step));
    }

    /** While the slider moves its number moves with it; the page takes the value when the hand lets go. */
    private followRateSlider(): void {
        const slider = this.root.querySelector<HTMLInputElement>('[data-part="rate-slider"]');
        const number = this.root.querySelector<HTMLInputElement>('[data-part="rate-value"]');
        if (slider !== null && number !== null) {
            this.cleanup.listen(slider, 'input', () => (number.value = rate(10 ** (Number(slider.value) / 100))));
        }
    }

    private speak(): void {
        const summary = part(this.root, 'summary');
        const timer = setInterval(() => {
            if (this.history.step.length > 0) {
                setText(summary, spokenSummary(this.history, this.options.metrics));
            }
        }, summaryInterval);
        this.cleanup.add(() => clearInterval(timer));
    }

    private key(event: KeyboardEvent): void {
        if (event.defaultPrevented || event.ctrlKey || event.metaKey || event.altKey || isTyping(event) || document.querySelector('dialog[open]') !== null) {
            return;
        }
        if ((event.key === 'ArrowLeft' || event.key === 'ArrowRight') && !(event.target instanceof HTMLInputElement)) {
            event.preventDefault();
            this.charts.scrub(event.key === 'ArrowLeft' ? -1 : 1);
        } else if (/^[0-9]$/.test(event.key)) {
            this.sight.chooseHead(Number(event.key));
        }
    }
}

export function create(root: HTMLElement, _owner: Owner, options: LiveOptions): Control {
    return new LiveRun(root, options);
}
