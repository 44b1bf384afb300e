const thin = '\u202f'; // narrow no-break space

/** 12345 -> "12,345". */
export function count(value: number): string {
    return Math.round(value).toString().replace(/\B(?=(\d{3})+$)/g, ',');
}

/** 0.9931 -> "99.3 %" (fraction in, percent out). */
export function percent(fraction: number, digits = 1): string {
    return Number.isFinite(fraction) ? `${(fraction * 100).toFixed(digits)}${thin}%` : '–';
}

/** "1.2 ms", "34 ms". */
export function milliseconds(value: number): string {
    return `${value < 10 ? value.toFixed(1) : Math.round(value)}${thin}ms`;
}
