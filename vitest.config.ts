import { defineConfig } from 'vitest/config';

/** Tests that need a real Prometheus and Alertmanager on the machine; `npm run test:signals` runs these, and `npm test` the others. */
const REAL_SENDERS = 'test/signals-real/**/*.test.ts';

/** One test that fails: what must pass before a change lands makes sure that a run of it is noticed. */
const MUST_FAIL = 'test/must-fail.ts';

export default defineConfig(({ mode }) => ({
  test: {
    include:
      mode === 'signals'
        ? [REAL_SENDERS]
        : mode === 'must-fail'
          ? [MUST_FAIL]
          : ['test/**/*.test.ts', 'sandbox/test/**/*.test.ts'],
    exclude: mode === 'signals' ? [] : [REAL_SENDERS],
    // A file that takes seconds says so in its first line. `npm run test:fast` leaves those out, and what runs on both
    // kinds of database runs on PostgreSQL alone.
    tags: [{ name: 'slow', description: 'Whole processes, browsers, storms and long properties.' }],
    ...(mode === 'fast' ? { tagsFilter: ['!slow'], testNamePattern: /^(?!.*on the embedded database)/ } : {}),
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
