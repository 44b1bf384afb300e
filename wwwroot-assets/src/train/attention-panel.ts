import type { AttentionMaps } from '../shared/attention';
import { token } from '../shared/colors';
import type { Cleanup } from '../shared/control';
import { paintPicture, type Picture } from '../shared/digit-tile';
import { part, setText } from '../shared/dom';
import { cellAt, paintHeatmap, paintPatchGrid } from '../shared/heatmap';
import { onThemeChange } from '../shared/theme';
import { type AttentionChoice, describe, firstChoice, mapOf, moveQuery, patchName, scaleEnd, within } from './attention-choice';
import { HeadGrid } from './head-grid';
import { share } from './numbers';

const storageKey = 'vitlab.train.attention';

/**
 * The large map over the probe, the small ones of every layer and head beside it, and what a hand chose about them. A frame repaints
 * pixels and texts; choices, focus and the value under a resting pointer stay.
 */
export class AttentionPanel {
    private readonly stage: HTMLElement;
    private readonly picture: HTMLCanvasElement;
    private readonly heat: HTMLCanvasElement;
    private readonly lines: HTMLCanvasElement;
    private readonly grid: HeadGrid;
    private choice: AttentionChoice = { ...firstChoice, ...remembered() };
    private maps: AttentionMaps | null = null;
    private hovered = -1;
    private colors = colors();

    constructor(private readonly root: HTMLElement, cleanup: Cleanup) {
        this.stage = part(root, 'map');
        this.picture = part(root, 'map-picture');
        this.heat = part(root, 'map-heat');
        this.lines = part(root, 'map-lines');
        this.grid = new HeadGrid(part(root, 'heads'), (layer, head) => this.choose({ layer, head }));
        this.bind(cleanup);
        cleanup.add(onThemeChange(() => {
            this.colors = colors();
            this.paintLines();
        }));
        const observer = new ResizeObserver(() => this.paintLines());
        observer.observe(this.stage);
        cleanup.add(() => observer.disconnect());
        this.showChoice();
    }

    setPicture(picture: Picture | null, caption: string): void {
        if (picture !== null) {
            paintPicture(this.picture, picture);
            this.grid.setPicture(picture);
        }
        setText(part(this.root, 'map-probe'), caption);
    }

    show(maps: AttentionMaps, step: number): void {
        const first = this.maps === null;
        this.maps = maps;
        // The last layer, all heads together, is the nearest to the answer: a good first look.
        this.choice = within(first ? { ...this.choice, layer: maps.layers - 1, head: -1 } : this.choice, maps);
        this.stage.dataset['step'] = String(step);
        setText(part(this.root, 'map-step'), `weights of step ${step.toLocaleString('en-US')}`);
        this.paint();
        if (first) {
            this.paintLines();
            this.showChoice();
        }
    }

    /** Keys 1 … 9 choose a head of the chosen layer, 0 all of them together. */
    chooseHead(number: number): void {
        if (this.maps !== null && number <= this.maps.heads) {
            this.choose({ head: number - 1 });
        }
    }

    private choose(change: Partial<AttentionChoice>): void {
        this.choice = { ...this.choice, ...change };
        if (this.maps !== null) {
            this.choice = within(this.choice, this.maps);
        }
        const { opacity, smooth, scale, method, direction } = this.choice;
        localStorage.setItem(storageKey, JSON.stringify({ opacity, smooth, scale, method, direction }));
        this.showChoice();
        this.paint();
        this.paintLines();
    }

    private paint(): void {
        const { maps, choice } = this;
        if (maps === null) {
            return;
        }
        const values = mapOf(maps, choice);
        const end = scaleEnd(maps, choice, values);
        paintHeatmap(this.heat, { values, width: maps.gridWidth, height: maps.gridHeight }, { maximum: end });
        this.heat.style.opacity = String(choice.opacity);
        setText(part(this.root, 'scale-end'), share(end, 1));
        this.grid.paint(maps, choice);
        this.readValue(values);
    }

    private paintLines(): void {
        if (this.maps !== null) {
            paintPatchGrid(this.lines, this.maps.gridWidth, this.maps.gridHeight, this.colors.line, this.choice.patch, this.colors.query);
        }
    }

    /** The patch under the pointer, or the strongest one when no pointer rests here. */
    private readValue(values: Float32Array): void {
        const maps = this.maps!;
        const strongest = values.indexOf(Math.max(...values));
        const patch = this.hovered >= 0 && this.hovered < values.length ? this.hovered : strongest;
        const name = this.hovered >= 0 ? patchName(maps, patch) : `strongest: ${patchName(maps, patch)}`;
        setText(part(this.root, 'map-value'), `${name} · ${share(values[patch], 1)}`);
    }

    private showChoice(): void {
        const { choice, root } = this;
        for (const [name, pressed] of Object.entries({
            'direction-to': choice.direction === 'to', 'direction-by': choice.direction === 'by', rollout: choice.method === 'rollout',
            'fixed-scale': choice.scale === 'fixed', 'query-cls': choice.patch < 0, smooth: choice.smooth,
        })) {
            part(root, name).setAttribute('aria-pressed', String(pressed));
        }
        part<HTMLInputElement>(root, 'opacity').value = String(choice.opacity);
        this.heat.classList.toggle('pixelated', !choice.smooth);
        if (this.maps !== null) {
            const words = describe(this.maps, choice);
            setText(part(root, 'map-caption'), words);
            this.stage.setAttribute('aria-label', `Attention map. ${words}. Arrow keys move the query patch, Escape returns to the CLS token.`);
        }
    }

    private bind(cleanup: Cleanup): void {
        const { root, stage } = this;
        const press = (name: string, change: () => Partial<AttentionChoice>) => cleanup.listen(part(root, name), 'click', () => this.choose(change()));
        press('direction-to', () => ({ direction: 'to' }));
        press('direction-by', () => ({ direction: 'by' }));
        press('rollout', () => (this.choice.method === 'rollout' ? { method: 'mean' } : { method: 'rollout', head: -1 }));
        press('fixed-scale', () => ({ scale: this.choice.scale === 'fixed' ? 'auto' : 'fixed' }));
        press('query-cls', () => ({ patch: -1 }));
        press('smooth', () => ({ smooth: !this.choice.smooth }));
        const opacity = part<HTMLInputElement>(root, 'opacity');
        cleanup.listen(opacity, 'input', () => this.choose({ opacity: Number(opacity.value) }));
        cleanup.listen(stage, 'click', (event: MouseEvent) => this.clickPatch(this.patchAt(event)));
        cleanup.listen(stage, 'pointermove', (event: PointerEvent) => this.hover(this.patchAt(event)));
        cleanup.listen(stage, 'pointerleave', () => this.hover(-1));
        cleanup.listen(stage, 'keydown', (event: KeyboardEvent) => this.key(event));
    }

    private patchAt(event: MouseEvent): number {
        return this.maps === null ? -1 : cellAt(this.stage, event, this.maps.gridWidth, this.maps.gridHeight);
    }

    /** A click chooses the query; a second click on it turns the question round. */
    private clickPatch(patch: number): void {
        if (patch < 0) {
            return;
        }
        const again = patch === this.choice.patch;
        this.choose(again ? { direction: this.choice.direction === 'to' ? 'by' : 'to' } : { patch });
    }

    private hover(patch: number): void {
        if (patch !== this.hovered) {
            this.hovered = patch;
            if (this.maps !== null) {
                this.readValue(mapOf(this.maps, this.choice));
            }
        }
    }

    private key(event: KeyboardEvent): void {
        if (this.maps === null || event.ctrlKey || event.metaKey || event.altKey) {
            return;
        }
        if (event.key === 'Enter' && this.choice.patch >= 0) {
            this.clickPatch(this.choice.patch);
        } else if (event.key.startsWith('Arrow') || event.key === 'Escape') {
            this.choose({ patch: moveQuery(this.maps, this.choice.patch, event.key) });
        } else {
            return;
        }
        event.preventDefault();
        event.stopPropagation();
    }
}

function colors(): { line: string; query: string } {
    return { line: token('--patch-line'), query: token('--query') };
}

/** What this browser chose before; anything unreadable counts as nothing. */
function remembered(): Partial<AttentionChoice> {
    try {
        return JSON.parse(localStorage.getItem(storageKey) ?? '{}') as Partial<AttentionChoice>;
    } catch {
        return {};
    }
}
