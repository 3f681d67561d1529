import { defineConfig } from 'vitest/config';

export default defineConfig({
  test: {
    include: ['test/**/*.test.ts'],
    globalSetup: ['test/support/build.ts'],
    testTimeout: 120_000,
    hookTimeout: 120_000,
    pool: 'forks',
    // Files share the modules they load: no test changes them, and loading them anew took most of the time.
    isolate: false,
    reporters: ['default', './test/support/closing-line.ts'],
  },
});
