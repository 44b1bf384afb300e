export type Rgb = readonly [red: number, green: number, blue: number];

// Viridis at 0, 1/16 … 1 (matplotlib); between the stops the map is close to linear.
const viridisStops: readonly Rgb[] = [
    [68, 1, 84], [72, 24, 106], [71, 45, 123], [66, 64, 134], [59, 82, 139], [51, 99, 141], [44, 114, 142], [38, 130, 142], [33, 145, 140],
    [31, 160, 136], [40, 174, 128], [63, 188, 115], [94, 201, 98], [132, 212, 75], [173, 220, 48], [216, 226, 25], [253, 231, 37],
];

function ramp(stops: readonly Rgb[], position: number): Rgb {
    const at = Math.min(1, Math.max(0, position)) * (stops.length - 1);
    const index = Math.min(stops.length - 2, Math.floor(at));
    const share = at - index;
    const [low, high] = [stops[index]!, stops[index + 1]!];
    return [0, 1, 2].map(channel => Math.round(low[channel]! + (high[channel]! - low[channel]!) * share)) as unknown as Rgb;
}

const table = (stops: readonly Rgb[]): Uint8Array => Uint8Array.from(Array.from({ length: 256 }, (_, level) => ramp(stops, level / 255)).flat());

/** 256 × RGB. */
export const viridisTable = table(viridisStops);

export const viridis = (position: number): Rgb => ramp(viridisStops, position);

export const css = ([red, green, blue]: Rgb, alpha = 1): string => `rgba(${red}, ${green}, ${blue}, ${alpha})`;

/** A design token's value now ("--accent"); changes with the theme. */
export function token(name: string, element: Element = document.documentElement): string {
    return getComputedStyle(element).getPropertyValue(name).trim();
}
