import { afterEach, beforeEach, expect, it, vi } from 'vitest';

interface Stream {
    args: unknown[];
    next(item: unknown): void;
    error(): void;
    complete(): void;
    disposed: boolean;
}

const server = vi.hoisted(() => ({ streams: [] as Stream[], reachable: true, close: () => {}, starts: 0, stops: 0 }));

vi.mock('@microsoft/signalr', () => {
    class Connection {
        state = 'Disconnected';
        start = async () => {
            server.starts++;
            if (!server.reachable) throw new Error('unreachable');
            this.state = 'Connected';
        };
        stop = async () => {
            server.stops++;
            this.state = 'Disconnected';
        };
        onclose = (handler: () => void) => {
            server.close = () => {
                this.state = 'Disconnected';
                handler();
            };
        };
        stream = (...args: unknown[]) => ({
            subscribe: ({ next, error, complete }: Pick<Stream, 'next' | 'error' | 'complete'>) => {
                const stream: Stream = { args, next, error, complete, disposed: false };
                server.streams.push(stream);
                return { dispose: () => (stream.disposed = true) };
            },
        });
    }
    return {
        HubConnectionState: { Connected: 'Connected' },
        LogLevel: { None: 6 },
        HubConnectionBuilder: class {
            withUrl = () => this;
            configureLogging = () => this;
            build = () => new Connection();
        },
    };
});

const page = { hidden: false, listeners: [] as (() => void)[], addEventListener: (_: string, listener: () => void) => page.listeners.push(listener) };
const show = (visible: boolean) => {
    page.hidden = !visible;
    page.listeners.forEach(listener => listener());
};
const settle = () => vi.advanceTimersByTimeAsync(0);
const update = (sequence: number) => ({ sequence, steps: { step: [] }, events: [] });

let states: string[];

beforeEach(() => {
    vi.useFakeTimers();
    vi.stubGlobal('document', page);
    Object.assign(server, { streams: [], reachable: true, starts: 0, stops: 0 });
    [states, page.hidden, page.listeners] = [[], false, []];
});
afterEach(() => {
    vi.useRealTimers();
    vi.unstubAllGlobals();
});

async function watching(after = 0) {
    const { TrainingHub } = await import('./hub');
    const hub = new TrainingHub();
    const seen: number[] = [];
    const watch = hub.watchRun('brave-otter-1', after, item => seen.push(item.sequence), state => states.push(state));
    await settle();
    return { hub, watch, seen };
}

it('opens one connection and asks from where the page is', async () => {
    await watching(17);
    expect(server.streams.map(stream => stream.args)).toEqual([['Watch', 'brave-otter-1', 17]]);
    expect(states.at(-1)).toBe('live');
});

it('resumes after the last sequence it saw when the connection is lost', async () => {
    const { seen } = await watching();
    server.streams[0]!.next(update(40));
    server.close();
    expect(states.at(-1)).toBe('lost');
    await vi.advanceTimersByTimeAsync(100);
    expect(server.streams[1]!.args).toEqual(['Watch', 'brave-otter-1', 40]);
    expect(seen).toEqual([40]);
});

it('keeps trying while the server is away', async () => {
    server.reachable = false;
    await watching();
    await vi.advanceTimersByTimeAsync(20_000);
    expect(server.starts).toBeGreaterThan(4);
    server.reachable = true;
    await vi.advanceTimersByTimeAsync(5_000);
    expect(server.streams).toHaveLength(1);
});

it('goes quiet in a hidden tab and catches up in front', async () => {
    await watching();
    server.streams[0]!.next(update(8));
    show(false);
    expect(server.streams[0]!.disposed).toBe(true);
    expect(states.at(-1)).toBe('hidden');
    show(true);
    expect(server.streams[1]!.args).toEqual(['Watch', 'brave-otter-1', 8]);
});

it('does not ask again for a run that has ended', async () => {
    await watching();
    server.streams[0]!.complete();
    show(false);
    show(true);
    expect(server.streams).toHaveLength(1);
});

it('closes the connection with the last watch', async () => {
    const { watch } = await watching();
    watch.dispose();
    expect(server.streams[0]!.disposed).toBe(true);
    expect(server.stops).toBe(1);
});
