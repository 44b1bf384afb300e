import { loadPlotly, type Plotly } from '../shared/charts';
import { token } from '../shared/colors';
import type { Cleanup } from '../shared/control';
import { el, part, setText } from '../shared/dom';
import { onThemeChange } from '../shared/theme';
import { Chart } from './chart';
import { type ChartOptions, ChartView, scrub } from './chart-view';
import { lossFigure, metricsFigure, type Palette, visibleSteps } from './figures';
import { fixed, share, whole } from './numbers';
import { lossReadout, metricsReadout, readoutAt, tableRows } from './readout';
import type { RunHistory } from './run-history';
import type { Metric } from './wire';

const storageKey = 'vitlab.train.charts';

/**
 * Loss and metrics of a run. Draws at most five times a second, and less often when drawing is slow: a chart may cost a fifth of the
 * browser's time, no more.
 */
export class ChartsPanel {
    private readonly view = new ChartView();
    private loss: Chart | null = null;
    private metricsChart: Chart | null = null;
    private palette: Palette = readPalette();
    private timer: ReturnType<typeof setTimeout> | undefined;
    private nextDrawing = 0;
    private drawing = false;
    private again = false;

    constructor(
        private readonly root: HTMLElement, private readonly history: RunHistory, private readonly metrics: readonly Metric[], private readonly expected: number | null,
        private readonly cleanup: Cleanup,
    ) {
        this.view.set(remembered());
        this.bindOptions();
        this.view.subscribe((what) => this.viewChanged(what));
        cleanup.add(onThemeChange(() => {
            this.palette = readPalette();
            this.loss?.recolor();
            this.metricsChart?.recolor();
            this.refresh();
        }));
        cleanup.add(() => clearTimeout(this.timer));
        void loadPlotly().then((plotly) => this.open(plotly));
    }

    /** Step under the crosshair, or null. */
    get crosshair(): number | null {
        return this.view.crosshair;
    }

    /** Calls back with the step under the crosshair whenever it moves; null when it is gone. */
    onCrosshair(listener: (step: number | null) => void): void {
        this.view.subscribe((what) => what === 'crosshair' && listener(this.view.crosshair));
    }

    /** Draws soon. */
    refresh(): void {
        this.timer ??= setTimeout(() => {
            this.timer = undefined;
            void this.draw();
        }, Math.max(0, this.nextDrawing - performance.now()));
    }

    /** Moves the crosshair by a bin; used by the arrow keys. */
    scrub(direction: -1 | 1): void {
        const visible = visibleSteps(this.history, this.view.range);
        this.view.point(scrub(this.history.step.values, this.view.crosshair, direction, visible));
    }

    private open(plotly: Plotly): void {
        this.loss = new Chart(part(this.root, 'loss'), plotly, this.view, () => this.refresh(), this.cleanup);
        this.metricsChart = new Chart(part(this.root, 'metrics'), plotly, this.view, () => this.refresh(), this.cleanup);
        this.refresh();
    }

    /** One drawing at a time; what changes meanwhile is drawn by the next. */
    private async draw(): Promise<void> {
        if (this.loss === null || this.metricsChart === null) {
            return;
        }
        if (this.drawing) {
            this.again = true;
            return;
        }
        this.drawing = true;
        const began = performance.now();
        const { history, view, palette } = this;
        await this.loss.draw(lossFigure(history, view.range, view.options, palette, this.loss.rangeY));
        await this.metricsChart.draw(metricsFigure(history, this.metrics, view.range, this.expected, view.options, palette, this.metricsChart.rangeY));
        this.write();
        this.nextDrawing = began + Math.min(1000, Math.max(200, 5 * (performance.now() - began)));
        this.drawing = false;
        if (this.again) {
            this.again = false;
            this.refresh();
        }
    }

    private viewChanged(what: 'range' | 'crosshair' | 'options'): void {
        if (what === 'crosshair') {
            this.loss?.moveCrosshair();
            this.metricsChart?.moveCrosshair();
            this.write();
            return;
        }
        if (this.history.smoothed.amount !== this.view.options.smoothing) {
            this.history.smooth(this.view.options.smoothing);
        }
        this.nextDrawing = 0;
        clearTimeout(this.timer);
        this.timer = undefined;
        this.refresh();
        this.showOptions();
    }

    /** The line of values above each chart, and the tables behind them where they are open. */
    private write(): void {
        const reach = 5 * (this.loss?.stepsPerPixel ?? 1);
        const values = readoutAt(this.history, this.metrics, this.view.crosshair ?? this.history.lastStep, this.view.crosshair === null ? -1 : reach);
        setText(part(this.root, 'loss-readout'), values === null ? '' : lossReadout(values));
        setText(part(this.root, 'metrics-readout'), values === null ? '' : metricsReadout(values, this.metrics));
        for (const name of ['loss-table', 'metrics-table']) {
            const details = part<HTMLDetailsElement>(this.root, name);
            if (details.open && details.dataset['version'] !== String(this.history.validations.length)) {
                details.dataset['version'] = String(this.history.validations.length);
                part(details, 'rows').replaceChildren(...this.rows(name === 'loss-table'));
            }
        }
    }

    private rows(loss: boolean): HTMLElement[] {
        return tableRows(this.history, this.metrics).map((row) => {
            const values = loss ? [fixed(row.train, 4), fixed(row.validationLoss, 4)] : [...row.metrics.map((value) => share(value, 2)), whole(row.samples)];
            return el('tr', {}, ...[whole(row.step), whole(row.epoch), ...values].map((text) => el('td', {}, text)));
        });
    }

    private bindOptions(): void {
        const { root, view, cleanup } = this;
        const smoothing = part<HTMLInputElement>(root, 'smoothing');
        cleanup.listen(smoothing, 'input', () => this.choose({ smoothing: Number(smoothing.value) }));
        cleanup.listen(part(root, 'log-loss'), 'click', () => this.choose({ logLoss: !view.options.logLoss }));
        cleanup.listen(part(root, 'log-error'), 'click', () => this.choose({ logError: !view.options.logError }));
        cleanup.listen(part(root, 'follow'), 'click', () => view.zoom(view.following ? visibleSteps(this.history, null) : null));
        for (const name of ['loss-table', 'metrics-table']) {
            cleanup.listen(part(root, name), 'toggle', () => this.write());
        }
        this.showOptions();
    }

    private choose(options: Partial<ChartOptions>): void {
        this.view.set(options);
        localStorage.setItem(storageKey, JSON.stringify(this.view.options));
    }

    private showOptions(): void {
        const { smoothing, logLoss, logError } = this.view.options;
        const slider = part<HTMLInputElement>(this.root, 'smoothing');
        if (slider.value !== String(smoothing)) {
            slider.value = String(smoothing);
        }
        setText(part(this.root, 'smoothing-value'), smoothing.toFixed(2));
        part(this.root, 'log-loss').setAttribute('aria-pressed', String(logLoss));
        part(this.root, 'log-error').setAttribute('aria-pressed', String(logError));
        part(this.root, 'follow').setAttribute('aria-pressed', String(this.view.following));
    }
}

function readPalette(): Palette {
    return {
        train: token('--series-0'),
        validation: token('--series-1'),
        metrics: ['--series-1', '--series-2', '--series-3', '--series-5'].map((name) => token(name)),
        reference: token('--ink-muted'),
        mark: token('--ink'),
        failure: token('--bad'),
    };
}

/** What this browser chose before; anything unreadable counts as nothing. */
function remembered(): Partial<ChartOptions> {
    try {
        return JSON.parse(localStorage.getItem(storageKey) ?? '{}') as Partial<ChartOptions>;
    } catch {
        return {};
    }
}
