import { ApiError, postJson } from './api';
import type { LookPayload, LookRequest } from './attention/attention-look';
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
    /** Every map of every layer and head. */
    attention: boolean;
    /** The maps of one question only. */
    look?: LookRequest;
}

export interface Answer {
    /** Null when nothing is drawn. */
    reading: ReadingPayload | null;
    classes: string[];
    /** The picture the model got; null when nothing is drawn. */
    seen: { width: number; height: number; channels: number; pixels: string } | null;
    geometry: { channels: number; height: number; width: number; patch: number };
    /** The cells these weights read; null where nothing is drawn. */
    canvas: { rows: number; columns: number; width: number; height: number } | null;
    attention: AttentionPayload | null;
    look: LookPayload | null;
    /** Of models that write. */
    crossAttention: CrossAttentionPayload | null;
    weights: { id: string; name: string; step: number };
    milliseconds: number;
}

/** An answer and how long it took from here to there and back, in milliseconds. */
export interface Timed {
    answer: Answer;
    roundTrip: number;
}

export async function predict({ picture, ...question }: Question, signal?: AbortSignal): Promise<Answer> {
    const pixels = picture && { pixels: bytesToBase64(picture.pixels), width: picture.width, height: picture.height };
    return await postJson<Answer>('/api/predict', { ...question, ...pixels }, signal);
}

export async function timedPredict(question: Question, signal: AbortSignal): Promise<Timed> {
    const started = performance.now();
    return { answer: await predict(question, signal), roundTrip: performance.now() - started };
}

/** Why there is no answer, for people. */
export function failureText(error: unknown): string {
    return error instanceof ApiError ? error.message : 'The server does not answer; the drawing is kept here.';
}
