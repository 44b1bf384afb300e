/** Numbers as the page writes them: fixed widths, thin groups, units; a dash for what is not known. */

const none = '–';

export function count(value: number | null | undefined): string {
  return value === null || value === undefined || !Number.isFinite(value) ? none : Math.round(value).toLocaleString('en-US');
}

export function fixed(value: number | null | undefined, digits: number): string {
  return value === null || value === undefined || !Number.isFinite(value) ? none : value.toFixed(digits);
}

export function percent(value: number | null | undefined, digits = 1): string {
  return value === null || value === undefined || !Number.isFinite(value) ? none : `${(value * 100).toFixed(digits)} %`;
}

/** Three significant digits: 0.00200, 1.23e-5. */
export function rate(value: number | null | undefined): string {
  if (value === null || value === undefined || !Number.isFinite(value)) {
    return none;
  }
  return value !== 0 && Math.abs(value) < 1e-4 ? value.toExponential(2) : value.toFixed(5);
}

/** 0:07, 12:34, 1:02:03. */
export function clock(seconds: number | null | undefined): string {
  if (seconds === null || seconds === undefined || !Number.isFinite(seconds)) {
    return none;
  }
  const whole = Math.max(0, Math.floor(seconds));
  const [h, m, s] = [Math.floor(whole / 3600), Math.floor(whole / 60) % 60, whole % 60];
  const pad = (n: number) => n.toString().padStart(2, '0');
  return h > 0 ? `${h}:${pad(m)}:${pad(s)}` : `${m}:${pad(s)}`;
}

/** A remaining time, coarser the further away it is, so that it does not flicker: "≈ 12 s", "≈ 4 min", "≈ 1 h 20 min". */
export function roughly(seconds: number | null | undefined): string {
  if (seconds === null || seconds === undefined || !Number.isFinite(seconds)) {
    return none;
  }
  if (seconds < 10) {
    return '< 10 s';
  }
  if (seconds < 95) {
    return `≈ ${Math.round(seconds / 5) * 5} s`;
  }
  const minutes = Math.round(seconds / 60);
  return minutes < 60 ? `≈ ${minutes} min` : `≈ ${Math.floor(minutes / 60)} h ${Math.round((minutes % 60) / 5) * 5} min`;
}
