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

/** Problem details of the API, as an error for people. */
export class ApiError extends Error {
    readonly status: number;

    constructor(status: number, message: string) {
        super(message);
        this.status = status;
    }
}

export async function predict({ picture, ...question }: Question, signal?: AbortSignal): Promise<Answer> {
    const pixels = picture && { pixels: bytesToBase64(picture.pixels), width: picture.width, height: picture.height };
    return await postJson<Answer>('/api/predict', { ...question, ...pixels }, signal);
}

export async function postJson<T>(url: string, body: unknown, signal?: AbortSignal): Promise<T> {
    const response = await fetch(url, { method: 'POST', headers: { 'Content-Type': 'application/json' }, body: JSON.stringify(body), signal: signal ?? null });
    if (!response.ok) throw new ApiError(response.status, await problemText(response));
    return (await response.json()) as T;
}

/** The first field error, else the problem's detail or title. */
export async function problemText(response: Response): Promise<string> {
    try {
        const problem = (await response.json()) as { title?: string; detail?: string; errors?: Record<string, string[]> };
        const first = Object.values(problem.errors ?? {})[0]?.[0];
        return first ?? problem.detail ?? problem.title ?? response.statusText;
    } catch {
        return response.statusText || `HTTP ${response.status}`;
    }
}
