import { readFileSync } from 'node:fs';
import { Registry } from 'prom-client';
import { expect, it } from 'vitest';
import { parse } from 'yaml';
import { systemClock } from '../../src/clock.ts';
import { botMetrics } from '../../src/telemetry/bot-metrics.ts';
import { databases } from '../databases.ts';

type Rules = { groups: { rules: { alert: string; expr: string }[] }[] };

it('every alert asks for a metric that the bot serves', async () => {
  const [, onServer] = databases;
  if (!onServer) throw new Error('no PostgreSQL to test on');
  const { db, close } = await onServer.open();
  const registry = new Registry();
  const metrics = botMetrics(registry, {
    db,
    clock: systemClock,
    isConnected: () => true,
    connectionsLost: () => 0,
    databaseLoad: () => ({ inUse: 0, idle: 1, waiting: 0 }),
  });
  metrics.acks.observe({ kind: 'command' }, 0.01);
  metrics.ticks.inc({ outcome: 'ok' });
  const served = await registry.metrics();
  await close();
  const { groups } = parse(readFileSync(new URL('../../alerts.yml', import.meta.url), 'utf8')) as Rules;
  const rules = groups.flatMap((group) => group.rules);
  expect(rules).toHaveLength(4);
  for (const { expr } of rules) {
    const [name = 'none'] = /burndown_\w+/.exec(expr) ?? [];
    expect(served).toContain(`\n${name}`);
  }
});
