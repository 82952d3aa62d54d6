import { readdirSync, readFileSync } from 'node:fs';
import { defineConfig } from 'vitest/config';

// What makes fewer tries or runs in fewer settings in `npm test` than it can.
const CAN_DO_MORE = readdirSync('test', { recursive: true, encoding: 'utf8' })
  .map((name) => `test/${name}`)
  .filter((path) => path.endsWith('.test.ts') && readFileSync(path, 'utf8').includes("/how-much.ts'"));

/** What is run by itself, by `vitest run --mode <name>`; `npm test` runs the tests of the bot but these. */
const MODES: Record<string, string> = {
  // Tests that need a real Prometheus and Alertmanager on the machine.
  signals: 'test/signals-real/**/*.test.ts',
  // Killed replicas, whole histories, everybody by every way, every command of an operator: most of a minute each.
  soak: 'test/soak/**/*.test.ts',
  // The sandbox is a package of its own.
  sandbox: 'sandbox/test/**/*.test.ts',
  // One test that fails: what must pass before a change lands makes sure that a run of it is noticed.
  'must-fail': 'test/must-fail.ts',
};

export default defineConfig(({ mode }) => ({
  test: {
    include: [MODES[mode] ?? 'test/**/*.test.ts', ...(mode === 'soak' ? CAN_DO_MORE : [])],
    exclude: mode in MODES ? [] : Object.values(MODES),
    // A file that takes seconds says so in its first line. `npm run test:fast` leaves those out, and what runs on both
    // kinds of database runs on PostgreSQL alone.
    tags: [{ name: 'slow', description: 'Whole processes, browsers, storms and long properties.' }],
    ...(mode === 'fast' ? { tagsFilter: ['!slow'], testNamePattern: /^(?!.*on the embedded database)/ } : {}),
    provide: { isSoak: mode === 'soak' },
    globalSetup: mode === 'sandbox' ? [] : ['test/postgres-server.ts'],
    // Most of the suite waits for a database, a socket or a browser: more workers than cores, each kept for many files.
    maxWorkers: 3,
    isolate: false,
    // Far more than any test takes: a machine that is busy with something else must not fail one.
    testTimeout: 180_000,
    hookTimeout: 180_000,
    expect: { poll: { timeout: 60_000 } },
    restoreMocks: true,
  },
}));
