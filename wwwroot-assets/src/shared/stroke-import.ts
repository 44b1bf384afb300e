import { Cleanup } from './control';
import type { Picture } from './digit-tile';
import { isTyping } from './dom';
import { readDrawing } from './stroke-file';
import type { Drawing, Extent } from './stroke-model';

/** Takes what somebody brings to a canvas. */
export interface Brought {
    picture(picture: Picture): void;
    drawing(drawing: Drawing): void;
    failed(message: string): void;
}

/** What a picture is fitted to. */
export interface Paper extends Extent {
    /** The picture gets these very sides, else at most these. */
    exact: boolean;
}

/** Pictures and drawings files by file button, paste and drop. Pictures are decoded by the browser, shrunk, and handed over as grey pixels. */
export class StrokeImport {
    readonly #cleanup = new Cleanup();
    readonly #paper: () => Paper;
    readonly #brought: Brought;

    constructor(file: HTMLInputElement, dropZone: HTMLElement, paper: () => Paper, brought: Brought) {
        [this.#paper, this.#brought] = [paper, brought];
        this.#cleanup.listen(file, 'change', () => {
            void this.#take(file.files?.[0]);
            file.value = '';
        });
        this.#cleanup.listen(document, 'paste', (event: Event) => {
            if (!isTyping(event as KeyboardEvent)) this.#paste((event as ClipboardEvent).clipboardData);
        });
        this.#cleanup.listen(dropZone, 'dragover', event => {
            event.preventDefault();
            dropZone.classList.add('drop-ready');
        });
        this.#cleanup.listen(dropZone, 'dragleave', () => dropZone.classList.remove('drop-ready'));
        this.#cleanup.listen(dropZone, 'drop', event => {
            event.preventDefault();
            dropZone.classList.remove('drop-ready');
            const transfer = event.dataTransfer;
            void this.#take(firstImage(transfer) ?? transfer?.files[0]);
        });
    }

    dispose(): void {
        this.#cleanup.dispose();
    }

    #paste(data: DataTransfer | null): void {
        const image = firstImage(data);
        const text = data?.getData('text/plain').trim() ?? '';
        if (image) void this.#take(image);
        else if (text.startsWith('{')) this.#read(text);
    }

    async #take(file: File | undefined): Promise<void> {
        if (!file) return;
        if (/\.jsonl?$/i.test(file.name)) return this.#read(await file.text());
        try {
            this.#brought.picture(await greyPicture(file, this.#paper()));
        } catch {
            this.#brought.failed('The browser cannot read this file as a picture; a PNG, JPEG, WebP or GIF works, and a drawings file (.jsonl).');
        }
    }

    #read(text: string): void {
        try {
            this.#brought.drawing(readDrawing(text));
        } catch (error) {
            this.#brought.failed((error as Error).message);
        }
    }
}

function firstImage(transfer: DataTransfer | null): File | undefined {
    return [...(transfer?.files ?? [])].find(file => file.type.startsWith('image/'));
}

/**
 * Grey by luminance, of the paper's shape and at most as large; which of ink and paper is dark is for the server to see. Where the
 * picture leaves the paper free, its own rim goes on.
 */
async function greyPicture(blob: Blob, { exact, ...extent }: Paper): Promise<Picture> {
    const bitmap = await createImageBitmap(blob);
    const shrink = Math.max(1, bitmap.width / extent.width, bitmap.height / extent.height);
    const stretch = exact ? 1 : Math.max(bitmap.width / shrink / extent.width, bitmap.height / shrink / extent.height);
    const [width, height] = [Math.max(1, Math.round(extent.width * stretch)), Math.max(1, Math.round(extent.height * stretch))];
    const [inkWidth, inkHeight] = [bitmap.width / shrink, bitmap.height / shrink];
    const context = new OffscreenCanvas(width, height).getContext('2d')!;
    context.imageSmoothingQuality = 'high';
    context.fillStyle = rimColor(bitmap);
    context.fillRect(0, 0, width, height);
    context.drawImage(bitmap, (width - inkWidth) / 2, (height - inkHeight) / 2, inkWidth, inkHeight);
    bitmap.close();
    const { data } = context.getImageData(0, 0, width, height);
    const pixels = Uint8Array.from({ length: width * height }, (_, index) => 0.2126 * data[index * 4]! + 0.7152 * data[index * 4 + 1]! + 0.0722 * data[index * 4 + 2]!);
    return { width, height, pixels };
}

/** The mean colour of the picture's rim over white paper. */
function rimColor(bitmap: ImageBitmap): string {
    const side = 8;
    const context = new OffscreenCanvas(side, side).getContext('2d')!;
    context.fillStyle = 'white';
    context.fillRect(0, 0, side, side);
    context.drawImage(bitmap, 0, 0, side, side);
    const { data } = context.getImageData(0, 0, side, side);
    const rim = Array.from({ length: side * side }, (_, index) => index).filter(index => index % side % (side - 1) === 0 || Math.floor(index / side) % (side - 1) === 0);
    const mean = (channel: number) => Math.round(rim.reduce((sum, index) => sum + data[index * 4 + channel]!, 0) / rim.length);
    return `rgb(${mean(0)} ${mean(1)} ${mean(2)})`;
}
