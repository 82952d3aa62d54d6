/** What `npm run bench -- NAME` can measure: each module has `run(args)`. */
const BENCHES: Record<string, () => Promise<{ run: (args: string[]) => Promise<void> }>> = {
  ack: () => import('./ack.ts'),
  chaos: () => import('./chaos.ts'),
  embedded: () => import('./embedded.ts'),
  'jira-schemas': () => import('./jira-schemas.ts'),
  ledger: () => import('./ledger.ts'),
  messages: () => import('./messages.ts'),
  match: () => import('./match.ts'),
  outbox: () => import('./outbox.ts'),
  program: () => import('./program.ts'),
  ranks: () => import('./ranks.ts'),
  sandbox: () => import('./sandbox.ts'),
  'sandbox-package': () => import('./sandbox-package.ts'),
  scale: () => import('./scale.ts'),
  senders: () => import('./senders.ts'),
  signals: () => import('./signals.ts'),
  'seven-weeks': () => import('./seven-weeks.ts'),
  start: () => import('./start.ts'),
  tables: () => import('./tables.ts'),
  tenancy: () => import('./tenancy.ts'),
  trackers: () => import('./trackers.ts'),
  workspaces: () => import('./workspaces.ts'),
  year: () => import('./year.ts'),
};

const [name = '', ...args] = process.argv.slice(2);
const load = BENCHES[name];
if (load) {
  const { run } = await load();
  await run(args);
  // What a bench has left open does not keep it alive.
  process.exit();
} else {
  process.stderr.write(`Say what to measure: ${Object.keys(BENCHES).join(', ')}.\n`);
  process.exitCode = 2;
}
