import { CellDesk, randomDigit } from '../shared/cell-desk';
import { Cleanup, type Control, type Owner } from '../shared/control';
import { CorrectionBar } from '../shared/corrections/correction-bar';
import { part, setText } from '../shared/dom';
import { failureText } from '../shared/predict';
import { CellGrid } from '../shared/stroke-cells';
import { compare } from './agreement';
import { type Drawn, type Reader, ReaderPanel } from './reader-panel';

interface Options {
    rows: number;
    columns: number;
    readers: Reader[];
}

const liveInterval = 500;

export function create(root: HTMLElement, _owner: Owner, options: Options): GridBoard {
    return new GridBoard(root, options);
}

/** The grid page: a canvas of cells that several models read at once while the hand still moves. */
class GridBoard implements Control {
    readonly #root: HTMLElement;
    readonly #grid: CellGrid;
    readonly #board: CellDesk;
    readonly #correction: CorrectionBar;
    readonly #cleanup = new Cleanup();
    #panels = new Map<string, ReaderPanel>();
    #version = 0;

    constructor(root: HTMLElement, { rows, columns, readers }: Options) {
        this.#root = root;
        this.#grid = new CellGrid(rows, columns);
        this.#correction = new CorrectionBar(part(root, 'correction'));
        this.#board = new CellDesk(root, {
            grid: this.#grid,
            memory: `grid.${rows}x${columns}`,
            changed: () => this.#changed(),
            chosen: cell => this.#chosen(cell),
            key: ({ key }) => (key.toLowerCase() === 'n' ? () => this.#correction.focus() : undefined),
        });
        for (const control of [this.#correction, this.#board]) this.#cleanup.add(() => control.dispose());
        this.#cleanup.add(() => this.#panels.forEach(panel => panel.dispose()));
        this.#listen();
        this.#board.select(0);
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
            choose: cell => this.#board.select(cell),
            point: cell => this.#board.cells.point(cell),
            answered: () => this.#answered(),
            failed: error => this.#board.desk.say(failureText(error)),
        });
        panel.select(this.#board.chosen);
        return panel;
    }

    #listen(): void {
        const everywhere = () => new Map(Array.from({ length: this.#grid.count }, (_, cell) => [cell, randomDigit()]));
        this.#cleanup.listen(part(this.#root, 'fill'), 'click', () => void this.#board.sample(everywhere()));
        const timer = setInterval(() => {
            if (!document.hidden) this.#panels.forEach(panel => panel.live && panel.again());
        }, liveInterval);
        this.#cleanup.add(() => clearInterval(timer));
    }

    #chosen(cell: number): void {
        this.#panels.forEach(panel => panel.select(cell));
        this.#offerCorrection();
    }

    #changed(): void {
        this.#version++;
        const drawn = this.#drawn();
        this.#panels.forEach(panel => panel.read(drawn));
    }

    #drawn(): Drawn | null {
        const { desk, drawn } = this.#board;
        return desk.isEmpty ? null : { version: this.#version, shown: desk.shown, cells: drawn, touched: desk.touched };
    }

    #answered(): void {
        const said = [...this.#panels.values()].flatMap(panel => panel.said ?? []);
        const current = said.filter(({ drawn }) => drawn.version === this.#version);
        const line = part(this.#root, 'agreement');
        if (said.length === 0) {
            setText(line, this.#board.desk.isEmpty ? 'Nothing drawn' : 'No weights to read it yet');
            delete line.dataset['agree'];
            this.#board.cells.read([], []);
        } else if (current.length === said.length) {
            const { agree, words, cells } = compare(current.map(({ read }) => read));
            setText(line, words);
            line.dataset['agree'] = String(agree);
            this.#board.cells.read(Array.from({ length: this.#grid.count }, (_, cell) => this.#readings(cell)), cells);
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
        const cell = this.#board.chosen;
        const readAs = said?.read.cells?.[cell] ?? null;
        const subject = said && drawing && said.drawn.cells.includes(cell)
            ? { drawing: this.#grid.digit(drawing, cell), readAs: readAs === null ? null : Number(readAs), weights: said.answer.weights.id } : null;
        this.#correction.show(subject, this.#grid.title(cell));
    }
}
