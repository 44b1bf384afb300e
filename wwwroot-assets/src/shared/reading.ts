import type { Box } from './box';

/** What a decoder emitted at one place, with what else it might have been, likeliest first. */
export interface TokenPayload {
    /** "7"; "finish" for the token that ends the writing. */
    text: string;
    probability: number;
    alternatives: { text: string; probability: number }[];
}

/** One part of an answer: a cell of a model that reads all cells at once, a digit of one that writes them down. */
export interface RegionPayload {
    /** Index into the experiment's classes. */
    predicted: number;
    /** One per class. */
    probabilities: number[];
    /** In pixels of the picture; null for the whole of it, or where nobody knows. */
    box: Box | null;
    /** Chance that there is a digit at all; null for tasks whose regions are given. */
    presence?: number | null;
}

/** Chance of each patch to hold the middle of a digit, row by row, as base64 of bytes, 255 = 1. */
export interface PresencePayload {
    gridHeight: number;
    gridWidth: number;
    weights: string;
}

/** An answer, as the API and the hub send it. */
export interface ReadingPayload {
    text: string;
    /** The digits read, in reading order. */
    labels: number[];
    regions: RegionPayload[];
    /** Null for models that do not write. */
    tokens: TokenPayload[] | null;
    /** Null for tasks whose regions are given. */
    presence?: PresencePayload | null;
}

/** A part of an answer as people see it. */
export interface ReadPart {
    /** "7", "airplane"; "·" for an empty cell, "–" for a digit that was not read at all. */
    text: string;
    /** 0 for a digit that was not read. */
    probability: number;
    /** Null when nobody said what it is. */
    right: boolean | null;
    /** What it is, where it was read wrong. */
    truth: string | null;
}

/** How an empty cell is written. */
export const emptyMark = '·';
const missing = '–';

/**
 * The answer part by part, each compared with what it is. Cells are compared cell by cell where the truth names every cell; otherwise the
 * digits that were read are compared in reading order, and those that are missing stand at the end.
 */
export function readParts({ regions }: ReadingPayload, classes: readonly string[], truth: readonly number[] | null): ReadPart[] {
    let place = 0;
    const parts = regions.map(({ predicted, probabilities }): ReadPart => {
        const text = shortName(classes[predicted] ?? '');
        const part = { text, probability: probabilities[predicted] ?? 0 };
        if (truth === null) return { ...part, right: null, truth: null };
        if (text === emptyMark && regions.length !== truth.length) return { ...part, right: null, truth: null };
        const expected = truth[place++];
        const right = expected === predicted;
        return { ...part, right, truth: right ? null : expected === undefined ? emptyMark : nameOf(expected, classes) };
    });
    const left = (truth ?? []).slice(place).map((digit): ReadPart => ({ text: missing, probability: 0, right: false, truth: nameOf(digit, classes) }));
    return [...parts, ...left];
}

/** Whether all of it is right; null when nobody said what it is. */
export function isRight({ labels }: ReadingPayload, truth: readonly number[] | null): boolean | null {
    return truth === null ? null : labels.length === truth.length && labels.every((label, index) => label === truth[index]);
}

/** "3 1, read wrong: 4 is a 9": an answer for people who listen. */
export function partsInWords(parts: readonly ReadPart[]): string {
    const read = parts.filter(({ text }) => text !== missing).map(({ text }) => (text === emptyMark ? 'empty' : text)).join(' ') || 'nothing';
    const wrong = parts.filter(({ right }) => right === false).map(({ text, truth }) => (text === missing ? `${truth} is missing` : `${text === emptyMark ? 'empty' : text} is ${truth === emptyMark ? 'one too many' : `a ${truth}`}`));
    return wrong.length === 0 ? read : `${read}, wrong: ${wrong.join(', ')}`;
}

function shortName(name: string): string {
    return name === 'empty' || name === '' ? emptyMark : name;
}

/** Of what a picture shows. */
function nameOf(label: number, classes: readonly string[]): string {
    return classes[label] ?? String(label);
}
