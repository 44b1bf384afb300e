import { bytesFromBase64 } from '../shared/base64';
import { DigitTile, type Picture } from '../shared/digit-tile';
import { el } from '../shared/dom';
import type { ProbeFrame } from '../shared/hub';
import { isRight, readParts } from '../shared/reading';
import type { Probe } from './wire';

/** Side of a picture of one digit; a larger one gets a larger tile. */
const digitSide = 28;

/** So many times as wide as high, a picture wants a row of its own. */
const stripShape = 4;

interface Place {
    probe: Probe;
    picture: Picture;
    tile: DigitTile;
    element: HTMLElement;
}

/**
 * The wall of probes: the same digits all the time, each with what the newest weights read. Tiles are made once; a frame only rewrites
 * what they say.
 */
export class ProbeWall {
    private places: Place[] = [];
    private frame: ProbeFrame | null = null;
    private chosen: string | null = null;

    constructor(
        private readonly host: HTMLElement, private readonly classes: string[],
        private readonly choose: (id: string) => void, private readonly unpin: (id: string) => void,
    ) {}

    /** Picture and probe of the chosen tile. */
    get selected(): { probe: Probe; picture: Picture } | null {
        return this.places.find((place) => place.probe.id === this.chosen) ?? null;
    }

    /** Sets up the tiles; those that are there already stay as they are. */
    setProbes(probes: Probe[]): void {
        const before = new Map(this.places.map((place) => [place.probe.id, place]));
        this.places = probes.map((probe) => before.get(probe.id) ?? this.place(probe));
        this.host.replaceChildren(...this.places.map((place) => place.element));
        const widest = Math.max(...this.places.map(({ picture }) => picture.width / picture.height));
        this.host.classList.toggle('of-strips', widest > stripShape);
        this.host.classList.toggle('of-grids', widest <= stripShape && this.places.some(({ picture }) => picture.width > digitSide));
        this.select(this.places.some((place) => place.probe.id === this.chosen) ? this.chosen : (this.places[0]?.probe.id ?? null));
        if (this.frame !== null) {
            this.show(this.frame);
        }
    }

    select(id: string | null): void {
        this.chosen = id;
        for (const { probe, tile } of this.places) {
            tile.element.setAttribute('aria-pressed', String(probe.id === id));
        }
    }

    /** @returns False when the frame speaks of other probes than the wall has: somebody pinned or unpinned one. */
    show(frame: ProbeFrame): boolean {
        this.frame = frame;
        const readings = new Map(frame.readings.map((reading) => [reading.id, reading]));
        for (const { probe, tile } of this.places) {
            const reading = readings.get(probe.id);
            if (reading !== undefined) {
                tile.show({ parts: readParts(reading, this.classes, probe.labels), right: isRight(reading, probe.labels) });
            }
        }
        return readings.size === this.places.length && this.places.every((place) => readings.has(place.probe.id));
    }

    private place(probe: Probe): Place {
        const picture = { width: probe.width, height: probe.height, channels: probe.channels, pixels: bytesFromBase64(probe.pixels) };
        const name = nameOf(probe, this.classes);
        const tile = new DigitTile(name, 'button');
        tile.paint(picture);
        tile.element.dataset['probe'] = probe.id;
        tile.element.addEventListener('click', () => this.choose(probe.id));
        const element = el('li', { class: probe.pinned ? 'probe pinned' : 'probe' }, tile.element);
        if (probe.pinned) {
            const remove = el('button', { type: 'button', class: 'probe-unpin', 'aria-label': `Unpin ${name.toLowerCase()}`, title: 'Unpin' }, '×');
            remove.addEventListener('click', () => this.unpin(probe.id));
            element.append(remove);
        }
        return { probe, picture, tile, element };
    }
}

/** "Validation digit 7", "Validation digits 3 1 4 1", "Validation picture: airplane", "Your drawing p2". */
export function nameOf({ id, labels, pinned }: Probe, classes: readonly string[]): string {
    if (pinned) return `Your drawing ${id}`;
    const names = (labels ?? []).map((label) => classes[label] ?? String(label));
    const areDigits = !classes.includes('10') && names.every((name) => /^[0-9]$/.test(name));   // a sum of 7 is no picture of a 7
    return areDigits ? `Validation digit${names.length === 1 ? '' : 's'} ${names.join(' ')}` : `Validation picture: ${names.join(' ')}`;
}
