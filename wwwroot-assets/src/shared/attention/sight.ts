import { Cleanup } from '../control';
import type { Picture } from '../digit-tile';
import { part } from '../dom';
import { AttentionLook, type LookPayload, type LookRequest, lookRequest } from './attention-look';
import { AttentionMaps, type AttentionPayload } from './attention-maps';
import { AttentionView } from './attention-view';
import { recallChoice, rememberChoice } from './choice-memory';
import { CrossAttention, type CrossAttentionOptions, createCrossAttention } from './cross-attention';
import { CrossAttentionMaps, type CrossAttentionPayload } from './cross-attention-maps';
import { mostWords, type Token } from './look-words';
import type { Query } from './query';

type Which = 'encoder' | 'decoder';

/** Where a model looked, as answers and frames bring it. */
export interface Looks {
    attention: AttentionPayload | null;
    /** Instead of all attention, what was asked for. */
    look?: LookPayload | null;
    /** Of models that look at the picture from somewhere else: as they write, or from an anchor. */
    crossAttention: CrossAttentionPayload | null;
    /** What a model wrote; null of one that only answers. */
    tokens: readonly Token[] | null;
    /** Of the weights. */
    step: number;
}

export interface SightOptions extends CrossAttentionOptions {
    /** Called whenever a hand chooses another step of the writing. */
    stepped?(step: number): void;
    /** Called whenever a hand asks another question of the attention. */
    asked?(): void;
}

const memory = 'sight';

/** The one step of a model that looks once. */
const theAnswer: Token = { text: 'answer', probability: 1 };

/**
 * Where a model looks in a picture. Of a model that writes there are two views, the encoder's patches among themselves and the decoder's
 * look at the picture as it wrote; the second is made when the first answer has it. Of a model that looks at the picture once, there is the second view alone.
 */
export class Sight {
    readonly #root: HTMLElement;
    readonly #options: SightOptions;
    readonly #encoder: AttentionView;
    readonly #cleanup = new Cleanup();
    #decoder: CrossAttention | null = null;
    #shown = recallChoice<{ which: Which }>(memory, { which: 'decoder' }).which;
    #picture: Picture | null = null;
    #looks: Looks | null = null;

    constructor(root: HTMLElement, options: SightOptions = {}) {
        [this.#root, this.#options] = [root, options];
        this.#encoder = new AttentionView(part(root, 'sight-encoder'), options.asked);
        this.#cleanup.add(() => this.#encoder.dispose());
        for (const which of ['encoder', 'decoder'] as const) this.#cleanup.listen(part(root, `look-${which}`), 'click', () => this.#choose(which));
    }

    /** What to ask a server for that sends looks instead of all attention. */
    get request(): LookRequest {
        return lookRequest(this.#encoder.question);
    }

    setPicture(picture: Picture): void {
        this.#picture = picture;
        if (this.#view === this.#encoder) this.#encoder.setPicture(picture);
    }

    show(looks: Looks): void {
        this.#looks = looks;
        if (looks.crossAttention && this.#picture) this.#decoder ??= looks.tokens ? this.#openWriting() : this.#openLook();
        this.#paint();
    }

    /** Nothing to see. */
    clear(): void {
        [this.#picture, this.#looks] = [null, null];
        this.#encoder.clear();
        this.#decoder?.clear();
    }

    /** Asks the encoder about a query. */
    ask(query: Query): void {
        this.#encoder.ask(query);
    }

    selectStep(step: number): void {
        this.#decoder?.selectStep(step);
    }

    /** Keys 1 … 9 choose a head of the view that is shown, 0 all of them together. */
    chooseHead(number: number): void {
        this.#view.chooseHead(number);
    }

    dispose(): void {
        this.#cleanup.dispose();
    }

    /** The view that is seen. */
    get #view(): CrossAttention | AttentionView {
        return this.#decoder && this.#shown === 'decoder' ? this.#decoder : this.#encoder;
    }

    /** The newest looks, in the view that is seen; the other one gets them when it is chosen. */
    #paint(): void {
        const [looks, picture, view] = [this.#looks, this.#picture, this.#view];
        if (!looks) return;
        const { attention, look, crossAttention, tokens, step } = looks;
        if (view instanceof CrossAttention) {
            if (crossAttention && picture) view.show(new CrossAttentionMaps(crossAttention), tokens ?? [theAnswer], picture);
            return;
        }

        if (look) view.show(new AttentionLook(look), step);
        if (attention) view.show(new AttentionMaps(attention), step);
    }

    #openWriting(): CrossAttention {
        const decoder = this.#open(this.#options);
        decoder.onStep(step => this.#options.stepped?.(step));
        part(this.#root, 'look').hidden = false;
        this.#reveal(this.#shown);
        return decoder;
    }

    #openLook(): CrossAttention {
        part(this.#root, 'writing-hint').hidden = true;
        this.#reveal('decoder');
        return this.#open({ ...this.#options, tokens: false, path: false, words: map => mostWords(map) });
    }

    #open(options: CrossAttentionOptions): CrossAttention {
        const decoder = createCrossAttention(part(this.#root, 'sight-decoder'), options);
        this.#cleanup.add(() => decoder.dispose());
        return decoder;
    }

    #choose(which: Which): void {
        rememberChoice(memory, { which });
        this.#reveal(which);
        if (this.#picture) this.setPicture(this.#picture);
        this.#paint();
    }

    #reveal(which: Which): void {
        this.#shown = which;
        for (const name of ['encoder', 'decoder'] as const) {
            part(this.#root, `look-${name}`).setAttribute('aria-pressed', String(name === which));
            part(this.#root, `seen-by-${name}`).hidden = name !== which;
        }
    }
}
