const interval = 30_000;

interface Health {
    status: string;
    openRuns: number;
}

/** The footer's line: is the server well, and how many runs are open. */
export function startHealthLine(): void {
    const line = document.querySelector<HTMLElement>('[data-health]');
    if (!line) return;
    const refresh = async () => {
        if (document.hidden) return;
        try {
            const response = await fetch('/api/health', { cache: 'no-store', signal: AbortSignal.timeout(5000) });
            if (!response.ok) throw new Error(response.statusText);
            line.dataset.state = 'good';
            line.textContent = describe((await response.json()) as Health);
        } catch {
            line.dataset.state = 'bad';
            line.textContent = 'Server not reachable';
        }
    };
    void refresh();
    setInterval(refresh, interval);
    document.addEventListener('visibilitychange', () => void refresh());
}

function describe({ status, openRuns }: Health): string {
    const runs = openRuns === 0 ? '' : ` · ${openRuns} open ${openRuns === 1 ? 'run' : 'runs'}`;
    return (status === 'ok' ? 'Server ready' : `Server: ${status}`) + runs;
}
