import { postJson } from './api';
import type { AttentionPayload } from './attention/attention-maps';
import type { CrossAttentionPayload } from './attention/cross-attention-maps';
import { bytesToBase64 } from './base64';
import type { Picture } from './digit-tile';
import type { ReadingPayload } from './reading';
import type { Drawing } from './stroke-model';

export interface Question {
    weights: string;
    drawing?: Drawing;
    picture?: Picture;
    center: boolean;
    attention: boolean;
}

export interface Answer {
    /** Null when nothing is drawn. */
    reading: ReadingPayload | null;
    classes: string[];
    /** The picture the model got; null when nothing is drawn. */
    seen: { width: number; height: number; pixels: string } | null;
    geometry: { channels: number; height: number; width: number; patch: number; gridHeight?: number; gridWidth?: number };
    attention: AttentionPayload | null;
    /** Of models that write. */
    crossAttention: CrossAttentionPayload | null;
    weights: { id: string; name: string; step: number };
    milliseconds: number;
}

export async function predict({ picture, ...question }: Question, signal?: AbortSignal): Promise<Answer> {
    const pixels = picture && { pixels: bytesToBase64(picture.pixels), width: picture.width, height: picture.height };
    return await postJson<Answer>('/api/predict', { ...question, ...pixels }, signal);
}
