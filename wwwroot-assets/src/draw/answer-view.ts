import { AttentionMaps } from '../shared/attention/attention-maps';
import type { AttentionView } from '../shared/attention/attention-view';
import { bytesFromBase64 } from '../shared/base64';
import { part, setText } from '../shared/dom';
import { count, milliseconds, percent } from '../shared/format';
import { ProbabilityBars } from '../shared/probability-bars';
import type { Answer } from '../shared/predict';

/** The reading in words, bars and maps; everything falls silent when nothing is drawn. */
export class AnswerView {
    readonly #verdict: HTMLElement;
    readonly #sure: HTMLElement;
    readonly #source: HTMLElement;
    readonly #spent: HTMLElement;
    readonly #spoken: HTMLElement;
    readonly #bars: ProbabilityBars;
    readonly #sight: AttentionView;

    constructor(root: HTMLElement, classes: readonly string[], sight: AttentionView) {
        this.#verdict = part(root, 'verdict');
        this.#sure = part(root, 'sure');
        this.#source = part(root, 'source');
        this.#spent = part(root, 'spent');
        this.#spoken = part(root, 'spoken');
        this.#bars = new ProbabilityBars(part(root, 'bars'), classes);
        this.#sight = sight;
        this.silence();
    }

    show(answer: Answer, roundTrip: number): void {
        const { reading, seen, attention, weights, classes } = answer;
        const region = reading?.regions[0];
        if (!reading || !region || !seen) {
            this.silence();
            return;
        }

        const probability = region.probabilities[region.predicted] ?? 0;
        setText(this.#verdict, reading.text);
        setText(this.#sure, `${percent(probability)} sure`);
        setText(this.#source, weights.name);
        setText(this.#spent, `weights of step ${count(weights.step)} · ${milliseconds(roundTrip)}`);
        this.#bars.update(region.probabilities, region.predicted);
        this.#sight.setPicture({ ...seen, pixels: bytesFromBase64(seen.pixels) });
        if (attention) this.#sight.show(new AttentionMaps(attention), weights.step);
        this.#say(`Read as ${classes[region.predicted]}, ${percent(probability, 0)} sure`);
    }

    /** @param reason Why there is no answer. */
    silence(reason = 'Nothing drawn'): void {
        setText(this.#verdict, '');
        setText(this.#sure, reason);
        setText(this.#source, '');
        setText(this.#spent, '');
        this.#bars.clear();
        this.#sight.clear();
        this.#say('');
    }

    #say(text: string): void {
        setText(this.#spoken, text);
    }
}
