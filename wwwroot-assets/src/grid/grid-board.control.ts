import { getJson } from '../shared/api';
import { Cleanup, type Control, type Owner } from '../shared/control';
import { CorrectionBar } from '../shared/corrections/correction-bar';
import { part, setText } from '../shared/dom';
import { failureText } from '../shared/predict';
import { CellGrid } from '../shared/stroke-cells';
import { StrokeDesk } from '../shared/stroke-desk';
import { handleStrokeKey } from '../shared/stroke-keys';
import { cellUnits, type Drawing, type Stroke } from '../shared/stroke-model';
import { compare } from './agreement';
import { CellLayer } from './cell-layer';
import { type Drawn, type Reader, ReaderPanel } from './reader-panel';

interface Options {
    rows: number;
    columns: number;
    readers: Reader[];
}

/** What is to be done with the chosen cell and another one that is still looked for. */
type Move = 'swap' | 'copy';

const liveInterval = 500;
const randomDigit = () => Math.floor(Math.random() * 10);

export function create(root: HTMLElement, _owner: Owner, options: Options): GridBoard {
    return new GridBoard(root, options);
}

/** The grid page: a canvas of cells that several models read at once while the hand still moves. */
class GridBoard implements Control {
    readonly #root: HTMLElement;
    readonly #grid: CellGrid;
    readonly #desk: StrokeDesk;
    readonly #cells: CellLayer;
    readonly #correction: CorrectionBar;
    readonly #cleanup = new Cleanup();
    #panels = new Map<string, ReaderPanel>();
    #chosen = 0;
    #move: Move | null = null;
    #version = 0;

    constructor(root: HTMLElement, { rows, columns, readers }: Options) {
        this.#root = root;
        this.#grid = new CellGrid(rows, columns);
        this.#cells = new CellLayer(part(root, 'cells'), this.#grid, {
            choose: cell => this.#choose(cell),
            drop: (from, to, copy) => this.#rearrange(copy ? 'copy' : 'swap', from, to),
            draw: () => part(root, 'canvas').focus(),
        });
        this.#correction = new CorrectionBar(part(root, 'correction'));
        this.#desk = new StrokeDesk(root, { extent: this.#grid.extent, memory: `grid.${rows}x${columns}`, changed: () => this.#changed(), brought: drawing => this.#bring(drawing) });
        for (const control of [this.#cells, this.#correction, this.#desk]) this.#cleanup.add(() => control.dispose());
        this.#cleanup.add(() => this.#panels.forEach(panel => panel.dispose()));
        this.#listen();
        this.#select(0);
        this.setReaders(readers);
        root.dataset.ready = 'true';
    }

    /** Who reads from now on, and with which weights. */
    setReaders(readers: Reader[]): void {
        const before = this.#panels;
        this.#panels = new Map(readers.map(reader => {
            const panel = before.get(reader.id) ?? this.#open(reader);
            before.delete(reader.id);
            panel.setReader(reader);
            return [reader.id, panel];
        }));
        before.forEach(panel => panel.dispose());
        this.#changed();
    }

    dispose(): void {
        this.#cleanup.dispose();
    }

    #open(reader: Reader): ReaderPanel {
        const panel = new ReaderPanel(this.#root.querySelector<HTMLElement>(`[data-reader="${reader.id}"]`)!, reader, this.#grid, {
            choose: cell => this.#select(cell),
            point: cell => this.#cells.point(cell),
            answered: () => this.#answered(),
            failed: error => this.#desk.say(failureText(error)),
        });
        panel.select(this.#chosen);
        return panel;
    }

    #listen(): void {
        const click = (name: string, action: () => void) => this.#cleanup.listen(part(this.#root, name), 'click', action);
        click('cell-clear', this.#clear);
        click('cell-swap', () => this.#look('swap'));
        click('cell-copy', () => this.#look('copy'));
        click('cell-random', () => void this.#sample([this.#chosen]));
        click('fill', () => void this.#sample(Array.from({ length: this.#grid.count }, (_, cell) => cell)));
        this.#cleanup.listen(this.#root, 'click', event => {
            const digit = (event.target as HTMLElement).closest<HTMLElement>('[data-example]')?.dataset['example'];
            if (digit !== undefined) void this.#sample([this.#chosen], Number(digit));
        });
        this.#cleanup.listen(part(this.#root, 'canvas'), 'pointerdown', (event: PointerEvent) => this.#select(this.#under(event)));
        this.#cleanup.listen(document, 'keydown', (event: KeyboardEvent) => handleStrokeKey(event, this.#desk, pressed => this.#key(pressed)));
        const timer = setInterval(() => {
            if (!document.hidden) this.#panels.forEach(panel => panel.live && panel.again());
        }, liveInterval);
        this.#cleanup.add(() => clearInterval(timer));
    }

    #key({ key, shiftKey }: KeyboardEvent): (() => void) | undefined {
        if (/^[1-9]$/.test(key) && Number(key) <= this.#grid.count) return () => this.#choose(Number(key) - 1);
        if (key === 'Escape' && this.#move) return () => this.#look(null);
        if (key === 'Delete') return shiftKey ? this.#desk.clear : this.#clear;
        return ({
            s: () => this.#look('swap'), c: () => this.#look('copy'), r: () => void this.#sample([this.#chosen]), n: () => this.#correction.focus(),
        } as Record<string, () => void>)[key.toLowerCase()];
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
            this.#select(cell);
            return;
        }

        this.#look(null);
        if (cell !== this.#chosen) this.#rearrange(move, this.#chosen, cell);
    }

    #select(cell: number): void {
        const [x, y] = this.#grid.corner(cell);
        if (cell !== this.#chosen) this.#desk.pen.moveTo(x + cellUnits / 2, y + cellUnits / 4);
        this.#chosen = cell;
        this.#cells.select(cell);
        setText(part(this.#root, 'cell-name'), `Cell ${cell + 1}`);
        this.#panels.forEach(panel => panel.select(cell));
        this.#refresh();
        this.#offerCorrection();
    }

    /** Looks for the other cell of a move, or no longer. */
    #look(move: Move | null): void {
        if (move && part<HTMLButtonElement>(this.#root, `cell-${move}`).disabled) return;
        this.#move = move === this.#move ? null : move;
        for (const each of ['swap', 'copy']) part(this.#root, `cell-${each}`).setAttribute('aria-pressed', String(each === this.#move));
        this.#cells.pick(this.#move !== null);
        this.#desk.say(!this.#move ? '' : `${this.#move === 'swap' ? `Swap cell ${this.#chosen + 1} with` : `Copy cell ${this.#chosen + 1} to`} which cell? Click it or press its number; Esc leaves all as it is.`);
    }

    #rearrange(move: Move, from: number, to: number): void {
        const { strokes } = this.#desk.model.content;
        this.#desk.put({ strokes: move === 'swap' ? this.#grid.swapped(strokes, from, to) : this.#grid.copied(strokes, from, to) });
        this.#select(to);
        this.#desk.say(move === 'swap' ? `Cells ${from + 1} and ${to + 1} are swapped.` : `Cell ${from + 1} is copied to cell ${to + 1}.`);
    }

    #clear = (): void => {
        const { strokes } = this.#desk.model.content;
        if (this.#grid.of(strokes, this.#chosen).length > 0) this.#desk.put({ strokes: this.#grid.without(strokes, this.#chosen) });
    };

    /** Digits as people might write them, into cells. */
    async #sample(cells: number[], digit?: number): Promise<void> {
        try {
            const digits = await Promise.all(cells.map(() => getJson<Drawing>(`/api/pen-digits/${digit ?? randomDigit()}`)));
            const strokes = digits.flatMap((drawing, index) => this.#grid.placed(drawing.strokes, cells[index]!));
            this.#desk.play(strokes, before => cells.reduce<readonly Stroke[]>((kept, cell) => this.#grid.without(kept, cell), before), 500 + 100 * cells.length);
        } catch (error) {
            this.#desk.say(failureText(error));
        }
    }

    /** A single digit goes into the chosen cell. */
    #bring({ width, height, strokes }: Drawing): boolean {
        if (width !== cellUnits || height !== cellUnits) return false;
        const [cell, before] = [this.#chosen, this.#desk.model.content.strokes];
        this.#desk.put({ strokes: [...this.#grid.without(before, cell), ...this.#grid.placed(strokes, cell)] });
        return true;
    }

    #changed(): void {
        this.#version++;
        this.#refresh();
        const drawn = this.#drawn();
        this.#panels.forEach(panel => panel.read(drawn));
    }

    #drawn(): Drawn | null {
        if (this.#desk.isEmpty) return null;
        return { version: this.#version, shown: this.#desk.shown, cells: this.#grid.drawn(this.#desk.model.content.strokes), touched: this.#desk.touched };
    }

    /** What can be done with the chosen cell. */
    #refresh(): void {
        const drawn = this.#grid.drawn(this.#desk.model.content.strokes);
        const button = (name: string) => part<HTMLButtonElement>(this.#root, name);
        for (const name of ['cell-clear', 'cell-copy']) button(name).disabled = !drawn.includes(this.#chosen);
        button('cell-swap').disabled = drawn.length === 0;
    }

    #answered(): void {
        const said = [...this.#panels.values()].flatMap(panel => panel.said ?? []);
        const current = said.filter(({ drawn }) => drawn.version === this.#version);
        const line = part(this.#root, 'agreement');
        if (said.length === 0) {
            setText(line, this.#desk.isEmpty ? 'Nothing drawn' : 'No weights to read it yet');
            delete line.dataset['agree'];
            this.#cells.read([], []);
        } else if (current.length === said.length) {
            const { agree, words, cells } = compare(current.map(({ read }) => read));
            setText(line, words);
            line.dataset['agree'] = String(agree);
            this.#cells.read(Array.from({ length: this.#grid.count }, (_, cell) => this.#readings(cell)), cells);
        }

        this.#offerCorrection();
    }

    /** What the readers say of a cell: "7", "7 or 1". */
    #readings(cell: number): string {
        return [...new Set([...this.#panels.values()].flatMap(({ said }) => said?.read.cells?.[cell] ?? []))].join(' or ');
    }

    /** The chosen cell's digit can be corrected as soon as somebody has read it. */
    #offerCorrection(): void {
        const said = [...this.#panels.values()].find(panel => panel.said)?.said;
        const drawing = said?.drawn.shown.drawing;   // pictures have no strokes to teach
        const readAs = said?.read.cells?.[this.#chosen] ?? null;
        const subject = said && drawing && said.drawn.cells.includes(this.#chosen)
            ? { drawing: this.#grid.digit(drawing, this.#chosen), readAs: readAs === null ? null : Number(readAs), weights: said.answer.weights.id } : null;
        this.#correction.show(subject, `Cell ${this.#chosen + 1}`);
    }
}
