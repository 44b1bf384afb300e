import { chartConfig, followThemeWithChart, loadPlotly, mergeLayout, type Layout, type Plotly, type Trace } from '../shared/charts';
import { token } from '../shared/colors';
import { Cleanup, type Control, type Owner } from '../shared/control';
import { part } from '../shared/dom';
import { onThemeChange } from '../shared/theme';

export interface Curve {
    id: string;
    name: string;
    steps: number[];
    images: number[];
    seconds: number[];
    accuracy: (number | null)[];
    loss: (number | null)[];
}

type Metric = 'accuracy' | 'loss';
type Axis = 'steps' | 'images' | 'seconds';

const dashes = ['solid', 'dash', 'dot', 'dashdot', 'longdash', 'longdashdot', 'solid', 'dash'];
const axisTitles: Record<Axis, string> = { steps: 'step', images: 'images seen', seconds: 'training time, s' };

export async function create(root: HTMLElement, _owner: Owner): Promise<Control> {
    return new CurvesChart(root, await loadPlotly());
}

/** Validation curves of several runs; colour and dash tell them apart, and each keeps both while it is compared. */
class CurvesChart implements Control {
    readonly #plotly: Plotly;
    readonly #chart: HTMLElement;
    readonly #metric: HTMLSelectElement;
    readonly #axis: HTMLSelectElement;
    readonly #cleanup = new Cleanup();
    #curves: Curve[] = [];
    #drawing: Promise<unknown> = Promise.resolve();

    constructor(root: HTMLElement, plotly: Plotly) {
        this.#plotly = plotly;
        this.#chart = part(root, 'chart');
        this.#metric = part<HTMLSelectElement>(root, 'metric');
        this.#axis = part<HTMLSelectElement>(root, 'axis');
        for (const select of [this.#metric, this.#axis]) this.#cleanup.listen(select, 'change', () => this.#draw());
        this.#cleanup.add(followThemeWithChart(plotly, this.#chart));
        this.#cleanup.add(onThemeChange(() => this.#draw()));
        this.#draw();
    }

    show(curves: Curve[]): void {
        this.#curves = curves;
        this.#draw();
    }

    dispose(): void {
        this.#cleanup.dispose();
        this.#plotly.purge(this.#chart);
    }

    #draw(): void {
        const [metric, axis] = [this.#metric.value as Metric, this.#axis.value as Axis];
        this.#drawing = this.#drawing.then(() => this.#plotly.react(this.#chart, traces(this.#curves, metric, axis), layout(metric, axis), chartConfig));
    }
}

/** One line a run, with points: there are few of them, and each is a measurement. */
export function traces(curves: readonly Curve[], metric: Metric, axis: Axis, color: (index: number) => string = index => token(`--series-${index}`)): Trace[] {
    return curves.map((curve, index) => ({
        type: 'scatter',
        mode: curve.steps.length > 60 ? 'lines' : 'lines+markers',
        uid: curve.id,
        name: curve.name,
        x: curve[axis],
        y: curve[metric],
        line: { color: color(index), width: 2, dash: dashes[index] },
        marker: { size: 4, color: color(index) },
        hovertemplate: metric === 'accuracy' ? '%{y:.2%}' : '%{y:.4f}',
    }));
}

function layout(metric: Metric, axis: Axis): Layout {
    return mergeLayout({
        uirevision: `${metric} ${axis}`,
        showlegend: true,
        xaxis: { title: { text: axisTitles[axis], standoff: 8 }, rangemode: 'tozero' },
        yaxis: metric === 'accuracy' ? { tickformat: '.1%', title: { text: 'accuracy' } } : { title: { text: 'loss' }, rangemode: 'tozero' },
        margin: { l: 64, t: 16, b: 44 },
    });
}
