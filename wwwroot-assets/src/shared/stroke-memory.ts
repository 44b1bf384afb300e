import { bytesFromBase64, bytesToBase64 } from './base64';
import { defaultBrush, type Content, type Extent, type Stroke } from './stroke-model';

/** What a reload or a lost circuit must not take away. */
export interface StrokeMemory {
    content: Content;
    extent: Extent;
    brush: number;
    center: boolean;
}

interface Stored {
    strokes: Stroke[];
    picture: { width: number; height: number; pixels: string } | null;
    extent: Extent;
    brush: number;
    center: boolean;
}

/** @param name Of the canvas: each has a memory of its own, for as long as the tab lives. */
export function remember(name: string, { content, ...rest }: StrokeMemory): void {
    const picture = content.picture && { ...content.picture, pixels: bytesToBase64(content.picture.pixels) };
    sessionStorage.setItem(`vitlab.${name}`, JSON.stringify({ ...rest, strokes: content.strokes, picture }));
}

/** @param extent Of a canvas that nothing is remembered of. */
export function recall(name: string, extent: Extent): StrokeMemory {
    const fresh: StrokeMemory = { content: { strokes: [], picture: null }, extent, brush: defaultBrush, center: true };
    try {
        const text = sessionStorage.getItem(`vitlab.${name}`);
        if (!text) return fresh;
        const { strokes, picture, ...rest } = JSON.parse(text) as Stored;
        return { ...fresh, ...rest, content: { strokes, picture: picture && { ...picture, pixels: bytesFromBase64(picture.pixels) } } };
    } catch {
        return fresh;
    }
}
