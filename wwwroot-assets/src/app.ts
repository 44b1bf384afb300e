// What every page needs before and beside the circuit: theme switch, keyboard help, reconnection, the machine line.
import { startConnectionBanner } from './shell/connection';
import { startHealthLine } from './shell/health';
import { startHelpDialog } from './shell/help';
import { startThemeSwitch } from './shell/theme-switch';

startThemeSwitch();
startHelpDialog();
startConnectionBanner();
startHealthLine();

document.querySelector('.skip-link')?.addEventListener('click', event => {
    event.preventDefault();
    document.getElementById('main')?.focus();
});
