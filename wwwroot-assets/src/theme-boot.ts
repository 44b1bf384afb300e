// Runs in <head>, before the first paint, so that a dark page never flashes white.
import { applyTheme } from './shared/theme';

applyTheme();
