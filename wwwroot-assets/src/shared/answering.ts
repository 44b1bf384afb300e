/** Which weights answer on a board. */
export interface Answering {
    /** Null while none can answer. */
    weights: string | null;
    /** The weights are in training, so the same drawing is asked again and again. */
    live: boolean;
    /** What the weights choose from. */
    classes: string[];
}
