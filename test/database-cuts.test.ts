// @module-tag slow
import { sql } from 'drizzle-orm';
import { afterEach, expect, it } from 'vitest';
import { rows } from '../src/db/engine/client.ts';
import { databases } from './databases.ts';
import { type RunningBot, startRunningBot } from './running-bot.ts';

let running: RunningBot;
afterEach(() => running.close());

const cutAll = sql`
  select pg_terminate_backend(pid) from pg_stat_activity where datname = current_database() and pid <> pg_backend_pid()`;

it('files every report once while PostgreSQL cuts its connections', async () => {
  const [, onServer] = databases;
  if (!onServer) throw new Error('no PostgreSQL to test on');
  running = await startRunningBot({
    database: { ...onServer, open: onServer.openNew },
    transport: 'http',
    startAt: new Date('2026-11-19T10:00:00Z'),
  });
  const { sandbox, db } = running;
  const channel = '#eng-stability';
  const ana = sandbox.person('ana');
  await ana.sees('Report what breaks', { in: channel });

  let isOver = false;
  let cuts = 0;
  const cutting = (async () => {
    while (!isOver) {
      await db.execute(cutAll).then(
        () => (cuts += 1),
        () => {},
      );
      await new Promise((resolve) => setTimeout(resolve, 150));
    }
  })();
  const titles = ['Webhook answers 400', 'Sync stuck on orders', 'Invoice sent twice', 'Login loops on Safari'];
  for (const title of titles) {
    await ana.slash(`/defect ${title}`, { channel });
    const form = await ana.modal('Report a defect', { timeoutMs: 15_000 });
    await ana.fill(form, { area: 'billing', severity: 'S2', affected: '3' });
    // After a banner people send the form again.
    for (let sent = await ana.submit(form); sent.kind === 'trouble'; ) sent = await ana.submit(form);
    await ana.modal('Filed', { timeoutMs: 15_000 });
    await ana.closeAll();
  }
  isOver = true;
  await cutting;

  const filed = await rows<{ title: string; reports: number }>(
    db,
    sql`select d.title, count(r.id)::int as reports from defects d join reports r on r.defect_id = d.id
        group by d.number, d.title order by d.number`,
  );
  expect(cuts).toBeGreaterThan(0);
  expect(filed).toEqual(titles.map((title) => ({ title, reports: 1 })));
});
