import { chartConfig, followThemeWithChart, loadPlotly, mergeLayout, type Layout, type Plotly, type Trace } from '../shared/charts';
import { token } from '../shared/colors';
import { Cleanup, type Control, type Owner } from '../shared/control';
import { part, setText } from '../shared/dom';
import { onThemeChange } from '../shared/theme';
import { type Axis, type Curve, type Reach, reaches } from './crossing';
import { verdict } from './verdict';

/** The colour of a design token now. */
type Ink = (name: string) => string;

const loss = 'loss';
const dashes = ['solid', 'dash', 'dot', 'dashdot', 'longdash', 'longdashdot', 'solid', 'dash'];
const axisTitles: Record<Axis, string> = { steps: 'step', samples: 'samples seen', seconds: 'training time, s' };

export async function create(root: HTMLElement, _owner: Owner): Promise<Control> {
    return new CurvesChart(root, await loadPlotly());
}

/**
 * Validation curves of several runs; colour and dash tell them apart, and each keeps both while it is compared. A target lies across
 * them, marked where each curve reaches it first.
 */
class CurvesChart implements Control {
    readonly #plotly: Plotly;
    readonly #root: HTMLElement;
    readonly #chart: HTMLElement;
    readonly #measure: HTMLSelectElement;
    readonly #axis: HTMLSelectElement;
    readonly #cleanup = new Cleanup();
    #curves: Curve[] = [];
    #target = 0;
    #drawing: Promise<unknown> = Promise.resolve();

    constructor(root: HTMLElement, plotly: Plotly) {
        this.#plotly = plotly;
        this.#root = root;
        this.#chart = part(root, 'chart');
        this.#measure = part<HTMLSelectElement>(root, 'measure');
        this.#axis = part<HTMLSelectElement>(root, 'axis');
        for (const select of [this.#measure, this.#axis]) this.#cleanup.listen(select, 'change', () => this.#draw());
        this.#cleanup.add(followThemeWithChart(plotly, this.#chart));
        this.#cleanup.add(onThemeChange(() => this.#draw()));
        this.#draw();
    }

    show(curves: Curve[], target: number): void {
        [this.#curves, this.#target] = [curves, target];
        this.#draw();
    }

    dispose(): void {
        this.#cleanup.dispose();
        this.#plotly.purge(this.#chart);
    }

    #draw(): void {
        const [measure, axis, title] = [this.#measure.value, this.#axis.value as Axis, this.#measure.selectedOptions[0]?.text ?? ''];
        const reached = measure === loss ? [] : reaches(this.#curves, measure, axis, this.#target);
        part(this.#root, 'target').hidden = measure === loss;
        setText(part(this.#root, 'verdict'), verdict(reached, title, axis, this.#target));
        const drawn = [...traces(this.#curves, measure, axis), ...targetTraces(this.#curves, reached, axis, this.#target)];
        this.#drawing = this.#drawing.then(() => this.#plotly.react(this.#chart, drawn, layout(measure, title, axis), chartConfig));
    }
}

/** One line a run, with points: there are few of them, and each is a measurement. */
export function traces(curves: readonly Curve[], measure: string, axis: Axis, color: Ink = token): Trace[] {
    return curves.map((curve, index) => ({
        type: 'scatter',
        mode: curve.steps.length > 60 ? 'lines' : 'lines+markers',
        uid: curve.id,
        name: curve.name,
        x: curve[axis],
        y: curve.values[measure] ?? [],
        line: { color: color(`--series-${index}`), width: 2, dash: dashes[index] },
        marker: { size: 4, color: color(`--series-${index}`) },
        hovertemplate: measure === loss ? '%{y:.4f}' : '%{y:.2%}',
    }));
}

/** The target as a line across, and a mark with a foot on the axis where a curve reaches it. */
export function targetTraces(curves: readonly Curve[], reached: readonly Reach[], axis: Axis, target: number, color: Ink = token): Trace[] {
    const end = Math.max(0, ...reached.flatMap(({ curve }) => curve[axis]));
    if (end === 0) return [];
    const across = { uid: 'target', x: [0, end], y: [target, target], mode: 'lines', line: { color: color('--ink-muted'), width: 1, dash: 'dot' }, hoverinfo: 'skip', showlegend: false };
    return [across, ...reached.filter(({ at }) => at !== null).map(({ curve, at }) => ({
        uid: `target ${curve.id}`,
        x: [at!],
        y: [target],
        mode: 'markers',
        marker: { size: 11, symbol: 'diamond', color: color(`--series-${curves.indexOf(curve)}`), line: { color: color('--surface'), width: 2 } },
        hoverinfo: 'skip',
        showlegend: false,
    }))];
}

function layout(measure: string, title: string, axis: Axis): Layout {
    return mergeLayout({
        uirevision: `${measure} ${axis}`,
        showlegend: true,
        xaxis: { title: { text: axisTitles[axis], standoff: 8 }, rangemode: 'tozero' },
        yaxis: measure === loss ? { title: { text: 'loss' }, rangemode: 'tozero' } : { tickformat: '.1~%', title: { text: title } },
        margin: { l: 72, t: 16, b: 44 },
    });
}
