export type ThemeChoice = 'system' | 'light' | 'dark';
export type Theme = 'light' | 'dark';

const storageKey = 'vitlab.theme';
const systemDark = () => matchMedia('(prefers-color-scheme: dark)');

export function themeChoice(): ThemeChoice {
    const stored = localStorage.getItem(storageKey);
    return stored === 'light' || stored === 'dark' ? stored : 'system';
}

export function currentTheme(): Theme {
    const choice = themeChoice();
    return choice === 'system' ? (systemDark().matches ? 'dark' : 'light') : choice;
}

/** Sets `data-theme` on the document. */
export function applyTheme(): void {
    document.documentElement.dataset.theme = currentTheme();
}

export function chooseTheme(choice: ThemeChoice): void {
    if (choice === 'system') localStorage.removeItem(storageKey);
    else localStorage.setItem(storageKey, choice);
    applyTheme();
    window.dispatchEvent(new CustomEvent('vitlab:theme'));
}

/** Runs `handler` after every change of theme; returns the way to stop. Works across modules, since the signal is a window event. */
export function onThemeChange(handler: (theme: Theme) => void): () => void {
    const listener = () => handler(currentTheme());
    window.addEventListener('vitlab:theme', listener);
    return () => window.removeEventListener('vitlab:theme', listener);
}

/** Follows the system and other tabs; called once by the app. */
export function followTheme(): void {
    const refresh = () => {
        applyTheme();
        window.dispatchEvent(new CustomEvent('vitlab:theme'));
    };
    systemDark().addEventListener('change', refresh);
    // A navigation that merges a page fetched from the server into this one takes the attribute away.
    new MutationObserver(() => document.documentElement.dataset.theme !== currentTheme() && applyTheme())
        .observe(document.documentElement, { attributes: true, attributeFilter: ['data-theme'] });
    window.addEventListener('storage', event => event.key === storageKey && refresh());
}
