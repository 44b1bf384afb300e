/** The part of plotly.js that VitLab uses; its cartesian bundle carries no types. */
declare module 'plotly.js-cartesian-dist-min' {
    export interface Trace {
        [key: string]: unknown;
        name?: string;
        x?: ArrayLike<number | string>;
        y?: ArrayLike<number | null>;
    }

    export type Layout = Record<string, unknown>;

    export interface PlotElement extends HTMLElement {
        data: Trace[];
        layout: Layout;
        on(event: string, handler: (data: never) => void): void;
        removeAllListeners(event?: string): void;
    }

    const Plotly: {
        newPlot(root: HTMLElement, data: Trace[], layout?: Layout, config?: Record<string, unknown>): Promise<PlotElement>;
        react(root: HTMLElement, data: Trace[], layout?: Layout, config?: Record<string, unknown>): Promise<PlotElement>;
        extendTraces(root: HTMLElement, update: Record<string, unknown[][]>, indices: number[], maxPoints?: number): Promise<PlotElement>;
        relayout(root: HTMLElement, update: Layout): Promise<PlotElement>;
        restyle(root: HTMLElement, update: Record<string, unknown>, indices?: number[]): Promise<PlotElement>;
        update(root: HTMLElement, traces: Record<string, unknown>, layout: Layout, indices?: number[]): Promise<PlotElement>;
        purge(root: HTMLElement): void;
        toImage(root: HTMLElement, options: Record<string, unknown>): Promise<string>;
        downloadImage(root: HTMLElement, options: Record<string, unknown>): Promise<string>;
        Plots: { resize(root: HTMLElement): void };
        Fx: { hover(root: HTMLElement, points: Record<string, unknown>): void; unhover(root: HTMLElement): void };
    };
    export default Plotly;
}
