import { ApiError, postJson } from '../shared/api';
import { Cleanup, type Control, type Owner } from '../shared/control';
import { part, setText } from '../shared/dom';
import { StrokeCanvas } from '../shared/stroke-canvas';
import { defaultBrush, type Extent, StrokeModel } from '../shared/stroke-model';

/** A small canvas in a dialog: what is drawn there joins the wall of probes of every run that has such a canvas. */
class PinProbe implements Control {
    private readonly cleanup = new Cleanup();
    private readonly model: StrokeModel;
    private readonly canvas: StrokeCanvas;
    private readonly dialog: HTMLDialogElement;

    constructor(private readonly root: HTMLElement, extent: Extent) {
        this.model = new StrokeModel(extent);
        this.dialog = part<HTMLDialogElement>(root, 'dialog');
        this.canvas = new StrokeCanvas(part<HTMLCanvasElement>(root, 'canvas'), this.model, defaultBrush, () => this.refresh());
        this.cleanup.add(() => this.canvas.dispose());
        this.press('open', () => this.open());
        this.press('undo', () => this.model.undo());
        this.press('clear', () => this.model.clear());
        this.press('cancel', () => this.dialog.close());
        this.press('pin', () => void this.pin());
        this.refresh();
    }

    dispose(): void {
        this.cleanup.dispose();
    }

    private open(): void {
        this.dialog.showModal();
        this.canvas.repaint();
        part(this.root, 'canvas').focus();
    }

    private press(name: string, act: () => void): void {
        this.cleanup.listen(part(this.root, name), 'click', () => {
            act();
            this.canvas.repaint();
            this.refresh();
        });
    }

    private refresh(): void {
        part<HTMLButtonElement>(this.root, 'pin').disabled = this.model.isEmpty;
        part<HTMLButtonElement>(this.root, 'undo').disabled = !this.model.canUndo;
        part<HTMLButtonElement>(this.root, 'clear').disabled = this.model.isEmpty;
    }

    private async pin(): Promise<void> {
        try {
            await postJson('/api/probes', this.model.drawing(defaultBrush));
            this.model.clear();
            this.say('');
            this.dialog.close();
        } catch (error) {
            this.say(error instanceof ApiError ? error.message : 'The drawing did not reach the server; try again.');
        }
        this.refresh();
    }

    private say(message: string): void {
        setText(part(this.root, 'problem'), message);
    }
}

export function create(root: HTMLElement, _owner: Owner, canvas: Extent): Control {
    return new PinProbe(root, canvas);
}
