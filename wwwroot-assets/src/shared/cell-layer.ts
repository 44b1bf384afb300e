import { Cleanup } from './control';
import { setText } from './dom';
import type { CellGrid } from './stroke-cells';

export interface CellEvents {
    choose(cell: number): void;
    /** One cell was dragged onto another. */
    drop(from: number, to: number, copy: boolean): void;
    /** The person wants to draw in the chosen cell, by keyboard. */
    draw(): void;
}

/** Movement of a pressed badge, in pixels of the page, from which on it is dragged. */
const slack = 6;

/** The cells over the canvas: their lines, numbers to choose and drag them by, what each is read as, and which one is spoken of. */
export class CellLayer {
    readonly #root: HTMLElement;
    #grid: CellGrid;
    readonly #events: CellEvents;
    readonly #cells: HTMLElement[];
    readonly #badges: HTMLButtonElement[];
    readonly #cleanup = new Cleanup();
    #chosen = 0;
    #picking = false;
    /** The press that ends now was a drag, so the click that comes with it means nothing. */
    #dragged = false;

    constructor(root: HTMLElement, grid: CellGrid, events: CellEvents) {
        [this.#root, this.#grid, this.#events] = [root, grid, events];
        this.#cells = [...root.querySelectorAll<HTMLElement>('.cell')];
        this.#badges = this.#cells.map(cell => cell.querySelector<HTMLButtonElement>('.cell-badge')!);
        this.#badges.forEach((badge, cell) => {
            this.#cleanup.listen(badge, 'keydown', event => this.#key(event, cell));
            this.#cleanup.listen(badge, 'pointerdown', event => this.#press(event, badge, cell));
        });
        // Badges lie in their cells, so a click on either says the same; a cell itself only hears clicks while another one is looked for.
        this.#cells.forEach((element, cell) => this.#cleanup.listen(element, 'click', () => this.#dragged || events.choose(cell)));
        this.select(0);
    }

    /** The same cells lie otherwise from now on. */
    setGrid(grid: CellGrid): void {
        this.#grid = grid;
    }

    select(cell: number): void {
        this.#chosen = cell;
        this.#badges.forEach((badge, index) => {
            badge.setAttribute('aria-checked', String(index === cell));
            badge.tabIndex = index === cell ? 0 : -1;
            this.#cells[index]!.classList.toggle('chosen', index === cell);
        });
    }

    /** Lights up the cell that an answer speaks of; −1 for none. */
    point(cell: number): void {
        this.#cells.forEach((element, index) => element.classList.toggle('pointed', index === cell));
    }

    /**
     * @param texts What each cell is read as; empty for nothing.
     * @param differing The cells readers disagree about.
     */
    read(texts: readonly string[], differing: readonly number[]): void {
        this.#cells.forEach((element, cell) => {
            setText(element.querySelector('.cell-reading')!, texts[cell] ?? '');
            element.classList.toggle('differing', differing.includes(cell));
            const name = this.#grid.name(cell);
            const read = texts[cell] ? `, read as ${texts[cell]}` : '';
            this.#badges[cell]!.setAttribute('aria-label', name[0]!.toUpperCase() + name.slice(1) + read);
        });
    }

    /** While another cell is looked for, all of a cell can be clicked and arrow keys only walk. */
    pick(picking: boolean): void {
        this.#picking = picking;
        this.#root.classList.toggle('picking', picking);
        if (picking) this.#badges[this.#chosen]!.focus();
    }

    dispose(): void {
        this.#cleanup.dispose();
    }

    #key(event: KeyboardEvent, cell: number): void {
        const beside = this.#grid.beside(cell, event.key);
        if (beside !== undefined) {
            this.#badges[beside]!.focus();
            if (!this.#picking) this.#events.choose(beside);
        } else if (event.key === 'Enter' && !this.#picking) {
            this.#events.choose(cell);
            this.#events.draw();
        } else {
            return;
        }

        event.preventDefault();
        event.stopPropagation();
    }

    /** Follows a pressed badge until it is let go: dragged onto another cell it moves there, else the press was a click. */
    #press(down: PointerEvent, badge: HTMLButtonElement, from: number): void {
        if (down.button !== 0) return;
        badge.setPointerCapture(down.pointerId);
        const following = new AbortController();
        const follow = (type: string, handler: (event: PointerEvent) => void) => badge.addEventListener(type, handler as EventListener, { signal: following.signal });
        const end = () => {
            following.abort();
            badge.style.translate = '';
            this.#root.classList.remove('dragging');
            this.#target(-1);
        };
        follow('pointermove', event => {
            const [dx, dy] = [event.clientX - down.clientX, event.clientY - down.clientY];
            this.#dragged ||= Math.hypot(dx, dy) > slack;
            if (!this.#dragged) return;
            badge.style.translate = `${dx}px ${dy}px`;
            this.#root.classList.add('dragging');
            this.#target(this.#under(event), from);
        });
        follow('pointerup', event => {
            end();
            const to = this.#dragged ? this.#under(event) : -1;
            setTimeout(() => (this.#dragged = false));
            if (to >= 0 && to !== from) this.#events.drop(from, to, event.ctrlKey || event.altKey);
        });
        follow('pointercancel', () => {
            end();
            this.#dragged = false;
        });
    }

    #target(cell: number, from = -1): void {
        this.#cells.forEach((element, index) => element.classList.toggle('target', index === cell && index !== from));
    }

    /** The cell under a pointer, or −1 outside the canvas. */
    #under({ clientX, clientY }: MouseEvent): number {
        return this.#cells.findIndex(element => {
            const { left, right, top, bottom } = element.getBoundingClientRect();
            return clientX >= left && clientX < right && clientY >= top && clientY < bottom;
        });
    }
}
