import { CellDesk } from '../shared/cell-desk';
import { Cleanup, type Control, type Owner } from '../shared/control';
import { part } from '../shared/dom';
import { failureText, type Question } from '../shared/predict';
import { CellGrid } from '../shared/stroke-cells';
import { cellUnits, type Drawing } from '../shared/stroke-model';
import { SampleBook } from './sample-book';
import { inCells, randomAnchor, randomSequence } from './sampling';
import { anchor, everyCell, images, inOneRow, inRowsOfFive, pictureStripOf, stripOf } from './sequence-grid';
import { type TaskReaders, TaskPanel } from './task-panel';
import type { Digits } from './tasks';

interface Options {
    tasks: TaskReaders[];
}

const liveInterval = 500;

export function create(root: HTMLElement, _owner: Owner, options: Options): SequenceBoard {
    return new SequenceBoard(root, options);
}

/** The sequences page: ten images and an anchor, about which several models are asked two questions while the hand still moves. */
class SequenceBoard implements Control {
    readonly #root: HTMLElement;
    readonly #board: CellDesk;
    readonly #book = new SampleBook();
    readonly #panels: Map<string, TaskPanel>;
    readonly #cleanup = new Cleanup();
    #version = 0;

    constructor(root: HTMLElement, { tasks }: Options) {
        this.#root = root;
        const narrow = matchMedia('(max-width: 720px)');
        const grid = () => (narrow.matches ? inRowsOfFive : inOneRow);
        this.#board = new CellDesk(root, {
            grid: grid(),
            memory: 'sequences',
            unitsPerPixel: 4,
            changed: () => this.#changed(),
            exported: drawing => [everyCell, images].map(cells => stripOf(this.#board.grid, drawing, cells)),
            sampled: (digit, strokes) => this.#book.note(digit, strokes),
            brought: drawing => this.#bring(drawing),
            key: ({ key }) => (key.toLowerCase() === 'g' ? this.#sampleBoth : undefined),
        });
        this.#panels = new Map(tasks.map(task => [task.id, new TaskPanel(root.querySelector<HTMLElement>(`[data-task="${task.id}"]`)!, task, error => this.#board.desk.say(failureText(error)))]));
        for (const control of [this.#board, ...this.#panels.values()]) this.#cleanup.add(() => control.dispose());
        this.#cleanup.listen(narrow, 'change', () => this.#board.relay(grid()));
        this.#listen();
        this.#board.select(images[0]!);
        this.#layOut(grid());
        root.dataset.ready = 'true';
    }

    /** With which weights the readers read from now on. */
    setReaders(tasks: TaskReaders[]): void {
        for (const { id, readers } of tasks) this.#panels.get(id)!.setReaders(readers);
    }

    dispose(): void {
        this.#cleanup.dispose();
    }

    #listen(): void {
        const click = (name: string, action: () => void) => this.#cleanup.listen(part(this.#root, name), 'click', action);
        click('sample-both', this.#sampleBoth);
        click('sample-sequence', () => void this.#board.sample(inCells(randomSequence()), images));
        click('sample-anchor', this.#sampleAnchor);
        const timer = setInterval(() => {
            if (!document.hidden) this.#panels.forEach(panel => panel.follow());
        }, liveInterval);
        this.#cleanup.add(() => clearInterval(timer));
    }

    /** What was remembered may have been drawn on a wider or narrower screen. */
    #layOut(wanted: CellGrid): void {
        const remembered = [inOneRow, inRowsOfFive].find(({ extent }) => extent.width === this.#board.desk.model.extent.width);
        if (remembered === wanted) this.#changed();
        else this.#board.relay(wanted, remembered);
    }

    #sampleBoth = (): void => {
        const sequence = randomSequence();
        void this.#board.sample(inCells(sequence).set(anchor, randomAnchor(sequence)), everyCell);
    };

    #sampleAnchor = (): void => {
        const digits = this.#digits;
        const sequence = images.flatMap(image => digits.get(image) ?? []);
        void this.#board.sample(new Map([[anchor, randomAnchor(sequence)]]));
    };

    /** A row of digits goes into the sequence, one of eleven begins with the anchor. */
    #bring(drawing: Drawing): boolean {
        const count = drawing.width / cellUnits;
        if (drawing.height !== cellUnits || !Number.isInteger(count) || count > everyCell.length) return false;
        const [row, { desk, grid }] = [new CellGrid(1, count), this.#board];
        const cells = count === everyCell.length ? everyCell : images;
        const kept = desk.model.content.strokes.filter(stroke => !cells.includes(grid.owner(stroke)));
        desk.put({ strokes: [...kept, ...cells.slice(0, count).flatMap((cell, place) => grid.placed(row.digit(drawing, place).strokes, cell))] });
        return true;
    }

    #changed(): void {
        const [version, digits, { touched }] = [++this.#version, this.#digits, this.#board.desk];
        const drawn = [...digits.keys()];
        this.#panels.forEach(panel => {
            const { cells, missing, truth } = panel.task;
            panel.read({ version, question: this.#question(cells), truth: truth(digits), touched }, missing(drawn));
        });
    }

    /** What is drawn: in a picture that was brought along something may be everywhere. */
    get #digits(): Digits {
        const { desk: { model: { content } }, grid } = this.#board;
        if (content.picture) return new Map(everyCell.map(cell => [cell, null]));
        return new Map([...grid.split(content.strokes)].map(([cell, strokes]) => [cell, this.#book.digitOf(strokes)]));
    }

    /** What readers of these cells are asked about. */
    #question(cells: readonly number[]): Pick<Question, 'drawing' | 'picture' | 'center'> {
        const { desk: { shown }, grid } = this.#board;
        return {
            center: shown.center,
            ...(shown.picture ? { picture: pictureStripOf(grid, shown.picture, cells) } : {}),
            ...(shown.drawing ? { drawing: stripOf(grid, shown.drawing, cells) } : {}),
        };
    }
}
