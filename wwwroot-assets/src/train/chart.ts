import { chartConfig, type Layout, mergeLayout, type Plotly, type PlotElement } from '../shared/charts';
import type { Cleanup } from '../shared/control';
import type { Range } from './axis';
import type { ChartView } from './chart-view';
import type { Figure } from './figures';

/** The part of plotly's laid-out axis that turns pixels into steps and back. */
interface LaidOutAxis {
    _offset: number;
    _length: number;
    l2p(value: number): number;
    p2l(pixel: number): number;
}

/** What stays the same from drawing to drawing. Asking the page for its colours is slow, so it is done once for a theme. */
function look(): Layout {
    return mergeLayout({
        showlegend: false,
        hovermode: false,
        margin: { l: 46, r: 12, t: 10, b: 28 },
        xaxis: { tickformat: ',d', nticks: 7, zeroline: false },
        yaxis: { nticks: 6, zeroline: false },
        yaxis2: { overlaying: 'y', range: [0, 1], visible: false, fixedrange: true },
    });
}

type RelayoutEvent = Record<string, number | undefined>;

/**
 * One plotly chart that shows figures. It draws when told to, never while a hand is on it, and gives zoom and crosshair to the shared
 * view instead of keeping them, so that no update can take them away.
 */
export class Chart {
    private readonly plot = document.createElement('div');
    private readonly crosshair = document.createElement('div');
    private figure: Figure | null = null;
    /** Chosen by a zoom of this chart; null lets the figure choose. */
    private zoomedY: Range | null = null;
    private look = look();
    private held = false;
    private pressed = { x: 0, y: 0, time: -Infinity };
    private doublePress = false;
    private ready = false;

    constructor(private readonly host: HTMLElement, private readonly plotly: Plotly, private readonly view: ChartView, private readonly released: () => void, cleanup: Cleanup) {
        this.plot.className = 'chart-plot';
        this.crosshair.className = 'chart-crosshair';
        this.crosshair.hidden = true;
        host.replaceChildren(this.plot, this.crosshair);
        this.listen(cleanup);
        cleanup.add(() => this.plotly.purge(this.plot));
    }

    /** The range of the value axis that the figure asked for last. */
    get rangeY(): Range | null {
        return this.figure?.y ?? null;
    }

    /** Width of a step in pixels tells how near a mark must be to belong to the crosshair. */
    get stepsPerPixel(): number {
        const axis = this.axis();
        return axis === null || this.figure === null ? 1 : (this.figure.x[1] - this.figure.x[0]) / axis._length;
    }

    async draw(figure: Figure): Promise<void> {
        if (this.held) {
            return;
        }
        if (this.view.following || this.figure?.logY !== figure.logY) {
            this.zoomedY = null;
        }
        this.figure = figure;
        await this.plotly.react(this.plot, figure.traces, this.layout(figure), { ...chartConfig, doubleClick: false });
        this.afterDrawing(figure);
    }

    /** Colours anew at the next drawing, after a change of theme. */
    recolor(): void {
        this.look = look();
    }

    moveCrosshair(): void {
        const axis = this.axis();
        const step = this.view.crosshair;
        const inside = axis !== null && step !== null && this.figure !== null && step >= this.figure.x[0] && step <= this.figure.x[1];
        this.crosshair.hidden = !inside;
        if (inside) {
            this.crosshair.style.transform = `translateX(${axis._offset + axis.l2p(step)}px)`;
        }
    }

    private afterDrawing(figure: Figure): void {
        this.host.dataset['lastStep'] = String(figure.lastStep);
        this.host.dataset['range'] = figure.x.join(' ');
        this.moveCrosshair();
        if (!this.ready) {
            // plotly's own events exist only once something was drawn.
            this.ready = true;
            (this.plot as unknown as PlotElement).on('plotly_relayout', (event: RelayoutEvent) => this.zoomed(event));
        }
    }

    private zoomed(event: RelayoutEvent): void {
        const [x0, x1] = [event['xaxis.range[0]'], event['xaxis.range[1]']];
        const [y0, y1] = [event['yaxis.range[0]'], event['yaxis.range[1]']];
        const ofY = y0 !== undefined && y1 !== undefined;
        if (ofY) {
            this.zoomedY = [y0, y1];
        }
        if (x0 !== undefined && x1 !== undefined) {
            this.view.zoom([Math.max(x0, 0), x1]);
        } else if (ofY && this.view.following && this.figure !== null) {
            this.view.zoom(this.figure.x);   // a zoom of the values alone holds the steps too
        }
    }

    private listen(cleanup: Cleanup): void {
        cleanup.listen(this.plot, 'pointerdown', (event: PointerEvent) => this.press(event));
        for (const end of ['pointerup', 'pointercancel']) {
            cleanup.listen(window, end, () => this.release());
        }
        cleanup.listen(this.plot, 'pointermove', (event: PointerEvent) => this.point(event));
        cleanup.listen(this.plot, 'pointerleave', () => this.view.point(null));
    }

    /** plotly covers the page while a button is down, so the browser's own double click never arrives; two quick presses are one. */
    private press(event: PointerEvent): void {
        const near = Math.hypot(event.clientX - this.pressed.x, event.clientY - this.pressed.y) < 8;
        this.doublePress = near && event.timeStamp - this.pressed.time < 500;
        this.pressed = { x: event.clientX, y: event.clientY, time: event.timeStamp };
        this.held = true;
    }

    private release(): void {
        if (!this.held) {
            return;
        }
        this.held = false;
        if (this.doublePress) {
            this.view.zoom(null);
        } else {
            this.released();
        }
    }

    private point(event: PointerEvent): void {
        const axis = this.axis();
        if (axis !== null) {
            const x = event.clientX - this.plot.getBoundingClientRect().left - axis._offset;
            this.view.point(x >= 0 && x <= axis._length ? Math.round(axis.p2l(x)) : null);
        }
    }

    private axis(): LaidOutAxis | null {
        return (this.plot as unknown as { _fullLayout?: { xaxis?: LaidOutAxis } })._fullLayout?.xaxis ?? null;
    }

    private layout(figure: Figure): Layout {
        const { xaxis, yaxis, ...still } = this.look;
        return {
            ...still,
            xaxis: { ...(xaxis as object), range: figure.x },
            yaxis: { ...(yaxis as object), type: figure.logY ? 'log' : 'linear', range: this.zoomedY ?? figure.y, tickformat: figure.yFormat },
        };
    }
}
