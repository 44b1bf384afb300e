export interface PointerLike {
    pointerId: number;
    pointerType: string;
    button: number;
    timeStamp: number;
}

export type Verdict = 'ignore' | 'begin' | 'takeover';

/** Rests of a palm count as palm this long after the pen was last seen. */
const palmTime = 800;

/**
 * Decides which pointer draws: one at a time, the main button of a mouse, and a pen beats fingers: it takes over from a touch (whose
 * stroke is discarded) and fingers are ignored while it is near.
 */
export class PointerArbiter {
    #active: { id: number; type: string } | null = null;
    #penSeen = -Infinity;

    down(pointer: PointerLike): Verdict {
        if (pointer.pointerType === 'pen') this.#penSeen = pointer.timeStamp;
        if (pointer.button !== 0) return 'ignore';
        if (pointer.pointerType === 'touch' && pointer.timeStamp - this.#penSeen < palmTime) return 'ignore';
        if (this.#active && !(pointer.pointerType === 'pen' && this.#active.type === 'touch')) return 'ignore';
        const verdict = this.#active ? 'takeover' : 'begin';
        this.#active = { id: pointer.pointerId, type: pointer.pointerType };
        return verdict;
    }

    /** Whether a move, up or cancel belongs to the pointer that draws. */
    owns(pointer: Pick<PointerLike, 'pointerId' | 'pointerType' | 'timeStamp'>): boolean {
        if (pointer.pointerType === 'pen') this.#penSeen = pointer.timeStamp;
        return this.#active?.id === pointer.pointerId;
    }

    release(): void {
        this.#active = null;
    }
}
