import { chooseTheme, followTheme, themeChoice, type ThemeChoice } from '../shared/theme';

const order: readonly ThemeChoice[] = ['system', 'light', 'dark'];
const names = { system: 'as the system', light: 'light', dark: 'dark' } as const;

/** One button that goes round system, light, dark. */
export function startThemeSwitch(): void {
    const button = document.querySelector<HTMLButtonElement>('[data-theme-switch]');
    if (!button) return;
    const show = () => {
        const choice = themeChoice();
        button.dataset.choice = choice;
        button.title = button.ariaLabel = `Theme: ${names[choice]}`;
    };
    button.addEventListener('click', () => chooseTheme(order[(order.indexOf(themeChoice()) + 1) % order.length]!));
    window.addEventListener('vitlab:theme', show);
    followTheme();
    show();
}
