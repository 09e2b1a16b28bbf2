import { svelte } from '@sveltejs/vite-plugin-svelte';
import { defineConfig } from 'vitest/config';

export default defineConfig({
  plugins: [svelte()],
  build: {
    target: 'es2022',
    // The strict CSP allows scripts from the app only: nothing may be inlined, polyfilled or loaded from elsewhere.
    modulePreload: { polyfill: false },
    assetsInlineLimit: 0,
  },
  // Without the browser condition Svelte resolves to its server build, where `mount` does not exist.
  resolve: process.env.VITEST ? { conditions: ['browser'] } : {},
  test: {
    environment: 'jsdom',
    include: ['tests/**/*.test.ts'],
    setupFiles: ['tests/setup.ts'],
    // Generous: the same machine may be compiling the engine meanwhile, and no test waits for time to pass.
    testTimeout: 20_000,
  },
});
