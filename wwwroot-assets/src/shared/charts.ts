import type PlotlyModule from 'plotly.js-cartesian-dist-min';
import type { Layout, PlotElement, Trace } from 'plotly.js-cartesian-dist-min';
import { token } from './colors';
import { onThemeChange } from './theme';

export type Plotly = typeof PlotlyModule;
export type { Layout, PlotElement, Trace };

/** plotly.js, fetched when the first chart of the page asks for it. */
export async function loadPlotly(): Promise<Plotly> {
    return (await import('plotly.js-cartesian-dist-min')).default;
}

export const chartConfig = { displaylogo: false, responsive: true, displayModeBar: false, doubleClick: 'reset', scrollZoom: false } as const;

/** Colours and faces of a chart in the current theme, to be merged into its layout. */
export function themedLayout(): Layout {
    const axis = { gridcolor: token('--line'), linecolor: token('--line-strong'), zerolinecolor: token('--line'), tickcolor: token('--line-strong'), tickfont: { color: token('--ink-muted') } };
    return {
        paper_bgcolor: 'rgba(0,0,0,0)',
        plot_bgcolor: 'rgba(0,0,0,0)',
        font: { family: token('--font-sans'), size: 12, color: token('--ink') },
        colorway: chartColors(),
        hoverlabel: { bgcolor: token('--surface-raised'), bordercolor: token('--line-strong'), font: { color: token('--ink'), family: token('--font-sans'), size: 12 } },
        legend: { font: { color: token('--ink') }, bgcolor: 'rgba(0,0,0,0)', orientation: 'h', x: 0, y: 1.02, yanchor: 'bottom' },
        margin: { l: 52, r: 12, t: 8, b: 40 },
        hovermode: 'x unified',
        dragmode: 'zoom',
        uirevision: 'keep',
        xaxis: axis,
        yaxis: axis,
    };
}

/** Eight line colours, distinct for colour-blind eyes in both themes. */
export function chartColors(): string[] {
    return Array.from({ length: 8 }, (_, index) => token(`--series-${index}`));
}

/** `themedLayout` with `own` on top; axes are merged one level deeper. */
export function mergeLayout(own: Layout): Layout {
    const base = themedLayout();
    const merged: Layout = { ...base, ...own };
    for (const key of ['xaxis', 'yaxis', 'legend', 'margin']) merged[key] = { ...(base[key] as object), ...((own[key] as object) ?? {}) };
    for (const key of Object.keys(own)) {
        if (/^[xy]axis\d+$/.test(key)) merged[key] = { ...(base[`${key[0]}axis`] as object), ...(own[key] as object) };
    }

    return merged;
}

/** Re-colours a chart whenever the theme changes, keeping zoom and selection; returns the way to stop. */
export function followThemeWithChart(plotly: Plotly, root: HTMLElement): () => void {
    return onThemeChange(() => {
        const theme = themedLayout();
        const axes = Object.keys((root as PlotElement).layout ?? {}).filter(key => /^[xy]axis\d*$/.test(key));
        const update: Layout = { font: theme.font, hoverlabel: theme.hoverlabel, colorway: theme.colorway, 'legend.font.color': token('--ink') };
        for (const axis of axes) {
            update[`${axis}.gridcolor`] = token('--line');
            update[`${axis}.zerolinecolor`] = token('--line');
            update[`${axis}.linecolor`] = token('--line-strong');
            update[`${axis}.tickfont.color`] = token('--ink-muted');
        }

        void plotly.relayout(root, update);
    });
}
