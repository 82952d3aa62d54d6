import { defineConfig } from 'vitest/config';

/** Tests that need a real Prometheus and Alertmanager on the machine; `npm run test:signals` runs these, and `npm test` the others. */
const REAL_SENDERS = 'test/signals-real/**/*.test.ts';

export default defineConfig(({ mode }) => ({
  test: {
    include: mode === 'signals' ? [REAL_SENDERS] : ['test/**/*.test.ts'],
    exclude: mode === 'signals' ? [] : [REAL_SENDERS],
    globalSetup: ['test/postgres-server.ts'],
    // Most of the suite waits for a database, a socket or a browser: more workers than cores, each kept for many files.
    maxWorkers: 3,
    isolate: false,
    // Far more than any test takes: a machine that is busy with something else must not fail one.
    testTimeout: 180_000,
    hookTimeout: 180_000,
    restoreMocks: true,
  },
}));
