import { getJson } from './api';
import { CellLayer } from './cell-layer';
import { Cleanup } from './control';
import { part, setText } from './dom';
import { failureText } from './predict';
import type { CellGrid } from './stroke-cells';
import { type DeskOptions, StrokeDesk } from './stroke-desk';
import { handleStrokeKey } from './stroke-keys';
import { cellUnits, type Drawing, type Stroke } from './stroke-model';

export interface CellDeskOptions extends Pick<DeskOptions, 'memory' | 'unitsPerPixel' | 'changed' | 'exported'> {
    grid: CellGrid;
    /** Another cell is the one that tools work on. */
    chosen?(cell: number): void;
    /** A generated digit was put into a cell. */
    sampled?(digit: number, strokes: readonly Stroke[]): void;
    /** A drawing of a size of its own was brought along; true when it has been taken. */
    brought?(drawing: Drawing): boolean;
    /** What a key of the page's does. */
    key?(event: KeyboardEvent): (() => void) | undefined;
}

/** What is to be done with the chosen cell and another one that is still looked for. */
type Move = 'swap' | 'copy';

export const randomDigit = (): number => Math.floor(Math.random() * 10);

/** A canvas of cells for one digit each: pens and tools, the cells over it, and what can be done with the chosen one. */
export class CellDesk {
    readonly desk: StrokeDesk;
    readonly cells: CellLayer;
    readonly #root: HTMLElement;
    readonly #options: CellDeskOptions;
    readonly #cleanup = new Cleanup();
    #grid: CellGrid;
    #chosen = 0;
    #move: Move | null = null;

    /** The owner calls `select` once it can hear of it. */
    constructor(root: HTMLElement, options: CellDeskOptions) {
        [this.#root, this.#options, this.#grid] = [root, options, options.grid];
        this.cells = new CellLayer(part(root, 'cells'), this.#grid, {
            choose: cell => this.#choose(cell),
            drop: (from, to, copy) => this.#rearrange(copy ? 'copy' : 'swap', from, to),
            draw: () => part(root, 'canvas').focus(),
        });
        this.desk = new StrokeDesk(root, { ...options, extent: this.#grid.extent, changed: () => this.#changed(), brought: drawing => this.#bring(drawing) });
        for (const control of [this.cells, this.desk]) this.#cleanup.add(() => control.dispose());
        this.#listen();
    }

    get grid(): CellGrid {
        return this.#grid;
    }

    get chosen(): number {
        return this.#chosen;
    }

    /** The cells that are drawn in, in their order. */
    get drawn(): number[] {
        return this.#grid.drawn(this.desk.model.content.strokes);
    }

    select(cell: number): void {
        const [x, y] = this.#grid.corner(cell);
        if (cell !== this.#chosen) this.desk.pen.moveTo(x + cellUnits / 2, y + cellUnits / 4);
        this.#chosen = cell;
        this.cells.select(cell);
        setText(part(this.#root, 'cell-name'), this.#grid.title(cell));
        this.#refresh();
        this.#options.chosen?.(cell);
    }

    /**
     * The same cells lie otherwise from now on, and what is drawn with them.
     * @param before How they lay.
     */
    relay(grid: CellGrid, before = this.#grid): void {
        this.#grid = grid;
        this.cells.setGrid(grid);
        this.desk.relay(grid.extent, strokes => before.laidOn(grid, strokes));
    }

    /**
     * Digits as people might write them, into cells, as one undo step.
     * @param digits By cell.
     * @param emptied The cells that are emptied for it.
     */
    async sample(digits: ReadonlyMap<number, number>, emptied: Iterable<number> = digits.keys()): Promise<void> {
        try {
            const drawn = await Promise.all([...digits].map(async ([cell, digit]) => ({ cell, digit, strokes: (await getJson<Drawing>(`/api/pen-digits/${digit}`)).strokes })));
            for (const { digit, strokes } of drawn) this.#options.sampled?.(digit, strokes);
            const strokes = drawn.flatMap(({ cell, strokes }) => this.#grid.placed(strokes, cell));
            this.desk.play(strokes, before => [...emptied].reduce<readonly Stroke[]>((kept, cell) => this.#grid.without(kept, cell), before), 500 + 100 * digits.size);
        } catch (error) {
            this.desk.say(failureText(error));
        }
    }

    dispose(): void {
        this.#cleanup.dispose();
    }

    #listen(): void {
        const click = (name: string, action: () => void) => this.#cleanup.listen(part(this.#root, name), 'click', action);
        click('cell-clear', this.#clear);
        click('cell-swap', () => this.#look('swap'));
        click('cell-copy', () => this.#look('copy'));
        click('cell-random', () => this.#fill(randomDigit()));
        this.#cleanup.listen(this.#root, 'click', event => {
            const digit = (event.target as HTMLElement).closest<HTMLElement>('[data-example]')?.dataset['example'];
            if (digit !== undefined) this.#fill(Number(digit));
        });
        this.#cleanup.listen(part(this.#root, 'canvas'), 'pointerdown', (event: PointerEvent) => this.select(this.#under(event)));
        this.#cleanup.listen(document, 'keydown', (event: KeyboardEvent) => handleStrokeKey(event, this.desk, pressed => this.#key(pressed)));
    }

    #key(event: KeyboardEvent): (() => void) | undefined {
        const { key, shiftKey } = event;
        const cell = this.#grid.keyed(key);
        if (cell !== undefined) return () => this.#choose(cell);
        if (key === 'Escape' && this.#move) return () => this.#look(null);
        if (key === 'Delete') return shiftKey ? this.desk.clear : this.#clear;
        const own: Record<string, () => void> = { s: () => this.#look('swap'), c: () => this.#look('copy'), r: () => this.#fill(randomDigit()) };
        return own[key.toLowerCase()] ?? this.#options.key?.(event);
    }

    #under({ clientX, clientY }: PointerEvent): number {
        const box = part(this.#root, 'canvas').getBoundingClientRect();
        const { width, height } = this.#grid.extent;
        return this.#grid.at(((clientX - box.left) / box.width) * width, ((clientY - box.top) / box.height) * height);
    }

    /** A cell was chosen: the other one of a move, if one is looked for. */
    #choose(cell: number): void {
        const move = this.#move;
        if (!move) {
            this.select(cell);
            return;
        }

        this.#look(null);
        if (cell !== this.#chosen) this.#rearrange(move, this.#chosen, cell);
    }

    /** Looks for the other cell of a move, or no longer. */
    #look(move: Move | null): void {
        if (move && part<HTMLButtonElement>(this.#root, `cell-${move}`).disabled) return;
        this.#move = move === this.#move ? null : move;
        for (const each of ['swap', 'copy']) part(this.#root, `cell-${each}`).setAttribute('aria-pressed', String(each === this.#move));
        this.cells.pick(this.#move !== null);
        this.desk.say(!this.#move ? '' : `${this.#move === 'swap' ? `Swap ${this.#title(this.#chosen)} with` : `Copy ${this.#title(this.#chosen)} to`} which one? Click it or press its key; Esc leaves all as it is.`);
    }

    #rearrange(move: Move, from: number, to: number): void {
        const { strokes } = this.desk.model.content;
        this.desk.put({ strokes: move === 'swap' ? this.#grid.swapped(strokes, from, to) : this.#grid.copied(strokes, from, to) });
        this.select(to);
        this.desk.say(move === 'swap' ? `${this.#grid.title(from)} and ${this.#title(to)} are swapped.` : `${this.#grid.title(from)} is copied to ${this.#title(to)}.`);
    }

    #clear = (): void => {
        const { strokes } = this.desk.model.content;
        if (this.#grid.of(strokes, this.#chosen).length > 0) this.desk.put({ strokes: this.#grid.without(strokes, this.#chosen) });
    };

    #fill(digit: number): void {
        void this.sample(new Map([[this.#chosen, digit]]));
    }

    /** A single digit goes into the chosen cell. */
    #bring(drawing: Drawing): boolean {
        if (drawing.width !== cellUnits || drawing.height !== cellUnits) return this.#options.brought?.(drawing) ?? false;
        const [cell, before] = [this.#chosen, this.desk.model.content.strokes];
        this.desk.put({ strokes: [...this.#grid.without(before, cell), ...this.#grid.placed(drawing.strokes, cell)] });
        return true;
    }

    #changed(): void {
        this.#refresh();
        this.#options.changed();
    }

    /** What can be done with the chosen cell. */
    #refresh(): void {
        const drawn = this.drawn;
        const button = (name: string) => part<HTMLButtonElement>(this.#root, name);
        for (const name of ['cell-clear', 'cell-copy']) button(name).disabled = !drawn.includes(this.#chosen);
        button('cell-swap').disabled = drawn.length === 0;
    }

    /** In the middle of a sentence. */
    #title(cell: number): string {
        return this.#grid.title(cell).toLowerCase();
    }
}
