// @module-tag slow
import { afterEach, expect, test } from 'vitest';
import { servePage } from '../sandbox/page/server/page-server.ts';
import { type OpenPage, openPage } from '../sandbox/test/support/browser.ts';
import { listAllDefects } from '../src/db/defects/defects.ts';
import { updateArea } from '../src/db/programs/areas.ts';
import { listAreas, listPrograms } from '../src/db/programs/programs.ts';
import { fileReport } from '../src/usecases/reports/file-report.ts';
import { aReport } from './builders.ts';
import { databases } from './databases.ts';
import { type RunningBot, startRunningBot } from './running-bot.ts';

/** A Thursday, 11:00 in Berlin. */
const THURSDAY = new Date('2026-11-19T10:00:00Z');
const MOST_CLICKS = 12;

let running: RunningBot | undefined;
let opened: OpenPage | undefined;

afterEach(async () => {
  await opened?.close();
  await running?.close();
});

test('ten defects are accepted as triage proposes them in at most twelve clicks', async () => {
  const [embedded] = databases;
  if (!embedded) throw new Error('no database');
  running = await startRunningBot({ database: embedded, transport: 'socket', startAt: THURSDAY });
  const { db, sandbox } = running;
  await sandbox.person('ana').sees('Report what breaks', { in: '#eng-stability' });
  const [program] = await listPrograms(db);
  if (!program) throw new Error('no program');
  const areas = await listAreas(db, program.id);
  for (const { id } of areas) await updateArea(db, id, { ownerIds: [sandbox.person('ben').id] });
  for (let i = 0; i < 10; i += 1) {
    const title = `${FAILURES[i]} fails`;
    const report = aReport({ areaIds: areas.map(({ id }) => id) }, { title, seenAt: THURSDAY, reporterId: 'UCHLOE' });
    await fileReport(db, program, report);
  }

  await servePage(sandbox);
  opened = await openPage(sandbox.origin, { width: 1440, height: 900 });
  const { page } = opened;
  await page.getByRole('button', { name: 'Next Monday 10:00' }).click();
  await page.getByText('10 items, 0 decided.').waitFor();
  // Only what a hand does counts: the page's own events are not trusted.
  await page.evaluate(() => {
    const seen = globalThis as unknown as { clicks: number; addEventListener: typeof globalThis.addEventListener };
    seen.clicks = 0;
    seen.addEventListener('click', (event) => (seen.clicks += event.isTrusted ? 1 : 0), true);
  });

  await page.getByRole('button', { name: 'Decide several' }).click();
  const form = page.getByRole('dialog', { name: 'Decide several' });
  await form.getByText('10 items to decide').waitFor();
  await form.getByRole('button', { name: 'Decide', exact: true }).click();
  await page.getByText('10 items, 10 decided.').waitFor();

  const clicks = await page.evaluate(() => (globalThis as unknown as { clicks: number }).clicks);
  expect(clicks).toBeGreaterThan(0);
  expect(clicks).toBeLessThanOrEqual(MOST_CLICKS);
  const accepted = await listAllDefects(db, program.id);
  expect(accepted.map(({ state, ownerId }) => [state, ownerId])).toEqual(
    Array(10).fill(['accepted', sandbox.person('ben').id]),
  );
  expect(accepted.every(({ dueOn }) => dueOn !== null)).toBe(true);
  expect(opened.errors).toEqual([]);
});

const FAILURES = [
  'Checkout',
  'Invoice export',
  'Password reset',
  'Nightly sync',
  'Search',
  'Image upload',
  'Webhook signature',
  'Currency rounding',
  'Report email',
  'Session renewal',
];
