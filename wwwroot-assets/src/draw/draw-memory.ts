import { bytesFromBase64, bytesToBase64 } from '../shared/base64';
import { defaultBrush, type Content, type Stroke } from '../shared/stroke-model';

const storageKey = 'vitlab.draw';

/** What a reload or a lost circuit must not take away. */
export interface DrawMemory {
    content: Content;
    brush: number;
    center: boolean;
}

interface Stored {
    strokes: Stroke[];
    picture: { width: number; height: number; pixels: string } | null;
    brush: number;
    center: boolean;
}

export function remember({ content, ...rest }: DrawMemory): void {
    const picture = content.picture && { ...content.picture, pixels: bytesToBase64(content.picture.pixels) };
    sessionStorage.setItem(storageKey, JSON.stringify({ ...rest, strokes: content.strokes, picture }));
}

export function recall(): DrawMemory {
    const fresh: DrawMemory = { content: { strokes: [], picture: null }, brush: defaultBrush, center: true };
    try {
        const text = sessionStorage.getItem(storageKey);
        if (!text) return fresh;
        const { strokes, picture, brush, center } = JSON.parse(text) as Stored;
        return { content: { strokes, picture: picture && { ...picture, pixels: bytesFromBase64(picture.pixels) } }, brush, center };
    } catch {
        return fresh;
    }
}
