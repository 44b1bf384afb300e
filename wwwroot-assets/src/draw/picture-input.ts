import { Cleanup } from '../shared/control';
import type { Picture } from '../shared/digit-tile';
import { isTyping } from '../shared/dom';

const longestSide = 280;

/** Pictures by file button, paste and drop: decoded by the browser, shrunk, and handed over as grey pixels. */
export class PictureInput {
    readonly #cleanup = new Cleanup();

    constructor(file: HTMLInputElement, dropZone: HTMLElement, brought: (picture: Picture) => void, failed: (message: string) => void) {
        const take = async (blob: Blob | null | undefined) => {
            if (!blob) return;
            try {
                brought(await greyPicture(blob));
            } catch {
                failed('The browser cannot read this file as a picture; a PNG, JPEG, WebP or GIF works.');
            }
        };
        this.#cleanup.listen(file, 'change', () => {
            void take(file.files?.[0]);
            file.value = '';
        });
        this.#cleanup.listen(document, 'paste', (event: Event) => {
            if (!isTyping(event as KeyboardEvent)) void take(firstImage((event as ClipboardEvent).clipboardData));
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
            void take(firstImage(transfer) ?? transfer?.files[0]);
        });
    }

    dispose(): void {
        this.#cleanup.dispose();
    }
}

function firstImage(transfer: DataTransfer | null): File | undefined {
    return [...(transfer?.files ?? [])].find(file => file.type.startsWith('image/'));
}

/** Grey by luminance over white paper, at most 280 pixels a side; which of ink and paper is dark is for the server to see. */
async function greyPicture(blob: Blob): Promise<Picture> {
    const bitmap = await createImageBitmap(blob);
    const scale = Math.min(1, longestSide / Math.max(bitmap.width, bitmap.height));
    const [width, height] = [Math.max(1, Math.round(bitmap.width * scale)), Math.max(1, Math.round(bitmap.height * scale))];
    const context = new OffscreenCanvas(width, height).getContext('2d')!;
    context.fillStyle = 'white';
    context.fillRect(0, 0, width, height);
    context.imageSmoothingQuality = 'high';
    context.drawImage(bitmap, 0, 0, width, height);
    bitmap.close();
    const { data } = context.getImageData(0, 0, width, height);
    const pixels = Uint8Array.from({ length: width * height }, (_, index) => 0.2126 * data[index * 4]! + 0.7152 * data[index * 4 + 1]! + 0.0722 * data[index * 4 + 2]!);
    return { width, height, pixels };
}
