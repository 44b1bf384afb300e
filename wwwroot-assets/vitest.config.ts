import { defineConfig } from 'vitest/config';

// Style sheets are read as they stand, for the test of what they may speak of.
export default defineConfig({ test: { css: true } });
