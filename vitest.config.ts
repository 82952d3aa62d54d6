import { defineConfig } from 'vitest/config';

export default defineConfig({
  test: {
    include: ['test/**/*.test.ts'],
    globalSetup: ['test/postgres-server.ts'],
    // Most of the suite waits for a database, a socket or a browser: more workers than cores, each kept for many files.
    maxWorkers: 3,
    isolate: false,
    // A browser or a socket on a busy machine may be late once; a test that fails twice fails the run.
    retry: process.env.CI ? 1 : 0,
    testTimeout: 60_000,
    hookTimeout: 60_000,
    restoreMocks: true,
  },
});
