/** The .NET component behind a control: methods marked [JSInvokable]. */
export interface Owner {
    invokeMethodAsync<T = void>(method: string, ...args: unknown[]): Promise<T>;
}

/** What `create(root, owner, options)` of every `*.control.ts` returns. */
export interface Control {
    dispose(): void;
}

/** Collects what a control must let go of; the last added goes first. */
export class Cleanup {
    readonly #actions: (() => void)[] = [];

    add(action: () => void): void {
        this.#actions.push(action);
    }

    /** addEventListener that ends with the control. */
    listen<K extends keyof HTMLElementEventMap>(target: EventTarget, type: K | string, handler: (event: HTMLElementEventMap[K]) => void, options?: AddEventListenerOptions): void {
        target.addEventListener(type, handler as EventListener, options);
        this.add(() => target.removeEventListener(type, handler as EventListener, options));
    }

    dispose(): void {
        for (const action of this.#actions.splice(0).reverse()) action();
    }
}

/** Tells the .NET side, and stays quiet when the circuit is gone. */
export function tell(owner: Owner, method: string, ...args: unknown[]): void {
    owner.invokeMethodAsync(method, ...args).catch(() => undefined);
}
