import { bytesFromBase64, bytesToBase64 } from './base64';
import { defaultBrush, type Content, type Stroke } from './stroke-model';

/** What a reload or a lost circuit must not take away. */
export interface StrokeMemory {
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

/** @param name Of the canvas: each has a memory of its own, for as long as the tab lives. */
export function remember(name: string, { content, ...rest }: StrokeMemory): void {
    const picture = content.picture && { ...content.picture, pixels: bytesToBase64(content.picture.pixels) };
    sessionStorage.setItem(`vitlab.${name}`, JSON.stringify({ ...rest, strokes: content.strokes, picture }));
}

export function recall(name: string): StrokeMemory {
    const fresh: StrokeMemory = { content: { strokes: [], picture: null }, brush: defaultBrush, center: true };
    try {
        const text = sessionStorage.getItem(`vitlab.${name}`);
        if (!text) return fresh;
        const { strokes, picture, brush, center } = JSON.parse(text) as Stored;
        return { content: { strokes, picture: picture && { ...picture, pixels: bytesFromBase64(picture.pixels) } }, brush, center };
    } catch {
        return fresh;
    }
}
