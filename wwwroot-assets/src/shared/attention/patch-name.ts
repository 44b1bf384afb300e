/** "row 2, column 3", counted from 1; in a single row, where each patch is an image of its own, "image 3". */
export function patchName(patch: number, { gridWidth, gridHeight }: { gridWidth: number; gridHeight: number }): string {
    return gridHeight === 1 ? `image ${patch + 1}` : `row ${Math.floor(patch / gridWidth) + 1}, column ${(patch % gridWidth) + 1}`;
}
