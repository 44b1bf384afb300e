import { el } from '../dom';
import type { AttentionShape } from './attention-maps';
import { chip, press } from './map-tools';
import { offeredQueries, type Query, queryName, sameQuery } from './query';

/** One chip for each query a model offers beside its patches. */
export class QueryChips {
    readonly element = el('div', { class: 'chips query-chips', role: 'group', 'aria-label': 'Query' });
    readonly #choose: (query: Query) => void;
    #offered: { query: Query; button: HTMLButtonElement }[] = [];
    #names = '';

    constructor(choose: (query: Query) => void) {
        this.#choose = choose;
    }

    /** Chips are made once for a model, so that a focus on them stays. */
    show(maps: AttentionShape, chosen: Query): void {
        const queries = offeredQueries(maps);
        const names = queries.map(query => queryName(query, maps));
        if (names.join() !== this.#names) {
            this.#names = names.join();
            this.#offered = queries.map((query, index) => ({ query, button: chip(names[index]!, titles[query.of], () => this.#choose(query)) }));
            this.element.replaceChildren(...this.#offered.map(({ button }) => button));
        }

        for (const { query, button } of this.#offered) press(button, sameQuery(query, chosen));
    }
}

const titles: Record<Query['of'], string> = {
    prefix: 'This token gathers what the answer is read from',
    patches: 'Where the patches look, on average: this model has no token that gathers the answer',
    patch: '',
};
