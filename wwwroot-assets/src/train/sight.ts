import { AttentionMaps } from '../shared/attention/attention-maps';
import { AttentionView } from '../shared/attention/attention-view';
import { recallChoice, rememberChoice } from '../shared/attention/choice-memory';
import { type CrossAttention, createCrossAttention } from '../shared/attention/cross-attention';
import { CrossAttentionMaps } from '../shared/attention/cross-attention-maps';
import type { Cleanup } from '../shared/control';
import type { Picture } from '../shared/digit-tile';
import { part } from '../shared/dom';
import type { ProbeFrame, ProbeReading } from '../shared/hub';

type Which = 'encoder' | 'decoder';

const memory = 'train.sight';

/**
 * Where the model looks in the chosen probe. Of a model that writes there are two views, the encoder's patches among themselves and the
 * decoder's look at the picture as it wrote; the second is made when the first frame has it.
 */
export class Sight {
    readonly #root: HTMLElement;
    readonly #encoder: AttentionView;
    readonly #cleanup: Cleanup;
    readonly #stepped: (step: number) => void;
    #decoder: CrossAttention | null = null;
    #which = recallChoice<{ which: Which }>(memory, { which: 'decoder' }).which;
    #picture: Picture | null = null;

    /** @param stepped Called whenever a hand chooses another step of the writing. */
    constructor(root: HTMLElement, cleanup: Cleanup, stepped: (step: number) => void) {
        [this.#root, this.#cleanup, this.#stepped] = [root, cleanup, stepped];
        this.#encoder = new AttentionView(part(root, 'sight-encoder'));
        cleanup.add(() => this.#encoder.dispose());
        for (const which of ['encoder', 'decoder'] as const) cleanup.listen(part(root, `look-${which}`), 'click', () => this.#choose(which));
    }

    setPicture(picture: Picture): void {
        this.#picture = picture;
        this.#encoder.setPicture(picture);
    }

    /** @param reading The chosen probe's, of the same frame. */
    show(frame: ProbeFrame, reading: ProbeReading): void {
        if (frame.attention !== null) this.#encoder.show(new AttentionMaps(frame.attention), frame.step);
        if (frame.crossAttention === null || reading.tokens === null || this.#picture === null) return;
        this.#decoder ??= this.#open();
        this.#decoder.show(new CrossAttentionMaps(frame.crossAttention), reading.tokens, this.#picture);
    }

    selectStep(step: number): void {
        this.#decoder?.selectStep(step);
    }

    /** Keys 1 … 9 choose a head of the view that is shown, 0 all of them together. */
    chooseHead(number: number): void {
        (this.#decoder !== null && this.#which === 'decoder' ? this.#decoder : this.#encoder).chooseHead(number);
    }

    #open(): CrossAttention {
        const decoder = createCrossAttention(part(this.#root, 'sight-decoder'));
        decoder.onStep(this.#stepped);
        this.#cleanup.add(() => decoder.dispose());
        part(this.#root, 'look').hidden = false;
        this.#choose(this.#which);
        return decoder;
    }

    #choose(which: Which): void {
        this.#which = which;
        rememberChoice(memory, { which });
        for (const name of ['encoder', 'decoder'] as const) {
            part(this.#root, `look-${name}`).setAttribute('aria-pressed', String(name === which));
            part(this.#root, `seen-by-${name}`).hidden = name !== which;
        }
    }
}
