declare const Blazor: { reconnect(): Promise<boolean> } | undefined;

/**
 * Blazor marks the banner's element with classes while the circuit is away. When the server came back without our circuit, a reload
 * restores the view: it lives in the address and in the session's storage.
 */
export function startConnectionBanner(): void {
    const banner = document.getElementById('components-reconnect-modal');
    if (!banner) return;
    const retry = async () => {
        try {
            if (await Blazor?.reconnect() === false) location.reload();
        } catch {
            banner.className = 'components-reconnect-failed';
        }
    };
    new MutationObserver(() => {
        if (banner.classList.contains('components-reconnect-rejected')) location.reload();
    }).observe(banner, { attributes: true, attributeFilter: ['class'] });
    banner.querySelector('[data-retry]')?.addEventListener('click', () => void retry());
    const failed = () => banner.classList.contains('components-reconnect-failed');
    window.addEventListener('online', () => failed() && void retry());
    document.addEventListener('visibilitychange', () => !document.hidden && failed() && void retry());
}
