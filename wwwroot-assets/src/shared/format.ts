const thin = '\u202f'; // narrow no-break space

/** 12345 -> "12 345" with narrow spaces. */
export function count(value: number): string {
    return Math.round(value).toString().replace(/\B(?=(\d{3})+$)/g, thin);
}

/** 1530 -> "1.53k", 2400000 -> "2.40M": three significant digits. */
export function compact(value: number): string {
    const size = Math.abs(value);
    if (size < 1000) return value >= 100 || Number.isInteger(value) ? Math.round(value).toString() : value.toPrecision(3);
    const units = ['k', 'M', 'G', 'T'];
    let power = Math.min(units.length, Math.floor(Math.log10(size) / 3));
    if (Number((size / 1000 ** power).toPrecision(3)) >= 1000 && power < units.length) power++;
    return (value / 1000 ** power).toPrecision(3) + units[power - 1];
}

/** 0.9931 -> "99.3 %" (fraction in, percent out). */
export function percent(fraction: number, digits = 1): string {
    return Number.isFinite(fraction) ? `${(fraction * 100).toFixed(digits)}${thin}%` : '–';
}

/** Losses, rates, norms: three significant digits, exponent only when it is shorter. */
export function figure(value: number, digits = 3): string {
    if (!Number.isFinite(value)) return Number.isNaN(value) ? 'NaN' : value > 0 ? '∞' : '−∞';
    if (value === 0) return '0';
    const size = Math.abs(value);
    return size >= 1e-3 && size < 1e5 ? value.toPrecision(digits).replace(/e\+?/, 'e') : value.toExponential(digits - 1).replace('e+', 'e');
}

/** Seconds -> "8 s", "2 min 05 s", "1 h 04 min". */
export function duration(seconds: number): string {
    if (!Number.isFinite(seconds) || seconds < 0) return '–';
    if (seconds < 10) return `${seconds.toFixed(1)}${thin}s`;
    const whole = Math.round(seconds);
    if (whole < 60) return `${whole}${thin}s`;
    if (whole < 3600) return `${Math.floor(whole / 60)}${thin}min ${String(whole % 60).padStart(2, '0')}${thin}s`;
    const minutes = Math.round(whole / 60);
    return `${Math.floor(minutes / 60)}${thin}h ${String(minutes % 60).padStart(2, '0')}${thin}min`;
}

/** "1.2 ms", "34 ms". */
export function milliseconds(value: number): string {
    return `${value < 10 ? value.toFixed(1) : Math.round(value)}${thin}ms`;
}
