const interval = 30_000;

interface Health {
    status?: string;
    version?: string;
    machine?: { processor?: string; cpu?: string; cores?: number; processors?: number; engine?: string; simd?: string };
}

/** The footer's line: is the server well, and on what machine do the numbers arise. */
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

function describe({ machine }: Health): string {
    const cores = machine?.cores ?? machine?.processors;
    const parts = [machine?.processor ?? machine?.cpu, cores && `${cores} ${cores === 1 ? 'core' : 'cores'}`, machine?.simd ?? machine?.engine];
    return ['Server ready', ...parts.filter(Boolean)].join(' · ');
}
