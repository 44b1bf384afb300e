import { HubConnectionBuilder, HubConnectionState, LogLevel, type HubConnection, type ISubscription } from '@microsoft/signalr';
import type { AttentionPayload } from './attention/attention-maps';
import type { CrossAttentionPayload } from './attention/cross-attention-maps';
import type { ReadingPayload } from './reading';

/** Steps as columns, one entry per step. */
export interface StepColumns {
    step: number[];
    epoch: number[];
    loss: number[];
    rate: number[];
    gradientNorm: number[];
    imagesPerSecond: number[];
}

export interface SequencedEvent {
    sequence: number;
    at: string;
    event: { type: string } & Record<string, unknown>;
}

/** What happened since the last update; `sequence` is where to go on from. */
export interface RunUpdate {
    sequence: number;
    steps: StepColumns;
    events: SequencedEvent[];
}

export interface ProbeReading extends ReadingPayload {
    id: string;
}

/** How a run reads its probes at one step. */
export interface ProbeFrame {
    step: number;
    readings: ProbeReading[];
    /** Whose attention comes along; null when nobody's does. */
    attentionProbe: string | null;
    attention: AttentionPayload | null;
    /** Of models that write. */
    crossAttention: CrossAttentionPayload | null;
}

export type LinkState = 'connecting' | 'live' | 'lost' | 'hidden';

export interface Watch {
    dispose(): void;
}

const retryDelays = [0, 500, 1000, 2000, 5000];

/**
 * One connection to the training hub, shared by all watches of a page: opened by the first, closed with the last. It comes back by
 * itself however long the server was away, goes quiet while the tab is hidden, and a run's watch resumes after the last sequence it saw.
 */
export class TrainingHub {
    #connection: HubConnection | null = null;
    #starting: Promise<void> | null = null;
    #retries = 0;
    #retryTimer: ReturnType<typeof setTimeout> | undefined;
    readonly #watches = new Set<StreamWatch>();
    readonly #url: string;

    constructor(url = '/hub/training') {
        this.#url = url;
        document.addEventListener('visibilitychange', () => this.#refresh());
    }

    watchRun(runId: string, after: number, onUpdate: (update: RunUpdate) => void, onState: (state: LinkState) => void = () => undefined): Watch {
        let sequence = after;
        return this.#add(() => ['Watch', runId, sequence], item => {
            const update = item as RunUpdate;
            sequence = Math.max(sequence, update.sequence);
            onUpdate(update);
        }, onState);
    }

    watchProbes(runId: string, attentionProbe: string | null, onFrame: (frame: ProbeFrame) => void, onState: (state: LinkState) => void = () => undefined): Watch {
        return this.#add(() => ['WatchProbes', runId, attentionProbe], item => onFrame(item as ProbeFrame), onState);
    }

    #add(call: () => unknown[], onItem: (item: unknown) => void, onState: (state: LinkState) => void): Watch {
        const watch: StreamWatch = { call, onItem, onState, stream: null, done: false };
        this.#watches.add(watch);
        this.#refresh();
        return {
            dispose: () => {
                watch.stream?.dispose();
                this.#watches.delete(watch);
                this.#refresh();
            },
        };
    }

    #refresh(): void {
        if (this.#watches.size === 0) {
            clearTimeout(this.#retryTimer);
            const connection = this.#connection;
            this.#connection = null;
            void connection?.stop();
            return;
        }

        if (document.hidden) {
            for (const watch of this.#watches) this.#pause(watch, 'hidden');
            return;
        }

        if (this.#connection?.state === HubConnectionState.Connected) {
            for (const watch of this.#watches) this.#open(watch);
        } else {
            this.#connect();
        }
    }

    #connect(): void {
        if (this.#starting) return;
        for (const watch of this.#watches) watch.onState('connecting');
        this.#connection ??= this.#build();
        const connection = this.#connection;
        this.#starting = connection.start().then(() => {
            this.#starting = null;
            this.#retries = 0;
            if (connection === this.#connection) this.#refresh();
            else void connection.stop();
        }, () => {
            this.#starting = null;
            this.#lost();
        });
    }

    #build(): HubConnection {
        const connection = new HubConnectionBuilder().withUrl(this.#url).configureLogging(LogLevel.None).build();
        connection.onclose(() => connection === this.#connection && this.#lost());
        return connection;
    }

    #lost(): void {
        for (const watch of this.#watches) this.#pause(watch, 'lost');
        clearTimeout(this.#retryTimer);
        if (this.#watches.size > 0) this.#retryTimer = setTimeout(() => this.#refresh(), retryDelays[Math.min(this.#retries++, retryDelays.length - 1)]);
    }

    #open(watch: StreamWatch): void {
        if (watch.stream || watch.done) return;
        const [method, ...args] = watch.call();
        watch.onState('live');
        const stream: ISubscription<unknown> = this.#connection!.stream(method as string, ...args).subscribe({
            next: item => watch.onItem(item),
            complete: () => {
                if (watch.stream === stream) watch.done = true;
            },
            error: () => {
                if (watch.stream === stream) this.#lost();
            },
        });
        watch.stream = stream;
    }

    #pause(watch: StreamWatch, state: LinkState): void {
        const stream = watch.stream;
        watch.stream = null;
        try {
            stream?.dispose();
        } catch {
            // The connection is gone already; the server noticed by itself.
        }

        watch.onState(state);
    }
}

interface StreamWatch {
    call: () => unknown[];
    onItem: (item: unknown) => void;
    onState: (state: LinkState) => void;
    stream: ISubscription<unknown> | null;
    /** The server ended the stream on its own: nothing more will come. */
    done: boolean;
}

let shared: TrainingHub | null = null;

/** The page's hub. */
export function trainingHub(): TrainingHub {
    return (shared ??= new TrainingHub());
}
