/** "row 2, column 3", counted from 1. */
export function patchName(patch: number, columns: number): string {
    return `row ${Math.floor(patch / columns) + 1}, column ${(patch % columns) + 1}`;
}
