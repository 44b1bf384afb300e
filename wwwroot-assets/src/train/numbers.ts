import { percent } from '../shared/format';

/** Numbers of a running line: always the same digits, so that nothing beside them moves. A dash for what is not known. */

const none = '–';

const known = (value: number | null | undefined): value is number => value !== null && value !== undefined && Number.isFinite(value);

export const whole = (value: number | null | undefined): string => (known(value) ? Math.round(value).toLocaleString('en-US') : none);

export const fixed = (value: number | null | undefined, digits: number): string => (known(value) ? value.toFixed(digits) : none);

/** Two places; an exponent when it explodes, so that its place stays as wide as it is. */
export const norm = (value: number | null | undefined): string => (known(value) && value >= 1e5 ? value.toExponential(2) : fixed(value, 2));

export const share = (value: number | null | undefined, digits = 1): string => (known(value) ? percent(value, digits) : none);

/** Five places, or an exponent below 0.0001. */
export function rate(value: number | null | undefined): string {
    if (!known(value)) {
        return none;
    }
    return value !== 0 && Math.abs(value) < 1e-4 ? value.toExponential(2) : value.toFixed(5);
}

/** 0:07, 12:34, 1:02:03. */
export function clock(seconds: number | null | undefined): string {
    if (!known(seconds)) {
        return none;
    }
    const total = Math.max(0, Math.floor(seconds));
    const [h, m, s] = [Math.floor(total / 3600), Math.floor(total / 60) % 60, total % 60];
    const pad = (n: number) => n.toString().padStart(2, '0');
    return h > 0 ? `${h}:${pad(m)}:${pad(s)}` : `${m}:${pad(s)}`;
}

/** A remaining time, coarser the further away it is, so that it does not flicker: '≈ 15 s', '≈ 4 min', '≈ 1 h 20 min'. */
export function roughly(seconds: number | null | undefined): string {
    if (!known(seconds)) {
        return none;
    }
    if (seconds < 10) {
        return '< 10 s';
    }
    if (seconds < 93) {
        return `≈ ${Math.round(seconds / 5) * 5} s`;
    }
    const minutes = Math.round(seconds / 60);
    return minutes < 60 ? `≈ ${minutes} min` : `≈ ${Math.floor(minutes / 60)} h ${Math.floor((minutes % 60) / 5) * 5} min`;
}
