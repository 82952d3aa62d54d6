// @module-tag slow
import { afterEach, expect, it } from 'vitest';
import type { ModalView } from '../../../sandbox/state/model.ts';
import { areaMetrics } from '../../../src/db/schema/reliability.ts';
import { databases } from '../../databases.ts';
import { type RunningBot, startRunningBot } from '../../running-bot.ts';
import { aSteadyService } from '../../usecases/reliability/metrics-world.ts';

const [embedded] = databases;
const channel = '#eng-stability';
let running: RunningBot | undefined;
afterEach(() => running?.close());

it('what an area promises and is asked is set in settings, tried first, mended where it is wrong, and taken back', async () => {
  if (!embedded) throw new Error('no database to test on');
  const { world, ask } = aSteadyService();
  world.until = new Date(0);
  const startAt = new Date('2026-11-23T09:00:00Z');
  running = await startRunningBot({ database: embedded, transport: 'socket', startAt, metrics: ask });
  const { sandbox, db } = running;
  const ana = sandbox.person('ana');
  const setup = () => ana.modal(titled('Metrics of an area'));
  await ana.slash('/defect settings', { channel });
  await ana.click(await ana.modal(titled('Program settings')), 'open_reliability');
  const list = await ana.modal(titled('Reliability'));
  expect(words(list)).toContain('*billing*  no objective\\nNothing is asked and nothing pushed.');
  await ana.click(list, { actionId: 'open_area_metrics', value: '2' });

  // Only what the way of asking needs is there to fill in.
  expect(words(await setup())).not.toContain('Labels');
  await ana.fill(await setup(), { objective: '101', pick_way_to_ask: 'PromQL of our own' });
  await expect.poll(async () => words(await setup())).toContain('Failed requests');
  await ana.fill(await setup(), { pick_way_to_ask: 'http_requests_total, failed by code 5xx' });
  await expect.poll(async () => words(await setup())).toContain('Labels');
  expect((await ana.submit(await setup())).errors).toMatchObject({
    objective: expect.stringContaining('such as 99.9'),
  });
  await ana.fill(await setup(), { objective: '99.9', labels: 'service="billing"}) or vector(1)' });
  await ana.click(await setup(), 'try_area_metrics');
  await expect.poll(async () => words(await setup())).toContain('is no label');
  expect((await ana.submit(await setup())).errors).toMatchObject({ labels: expect.stringContaining('is no label') });
  await ana.fill(await setup(), { labels: 'service="billing"' });
  await ana.click(await setup(), 'try_area_metrics');
  await expect.poll(async () => words(await setup())).toContain('it has nothing that fits what is asked');
  world.until = new Date('2100-01-01T00:00:00Z');
  await ana.click(await setup(), 'try_area_metrics');
  await expect.poll(async () => words(await setup())).toContain('168 of 168,000 requests failed, 0.1 %');
  expect(await db.select().from(areaMetrics)).toEqual([]);

  await ana.submit(await setup());
  await expect.poll(async () => words(await ana.modal(titled('Reliability')))).toContain('99.9 % over 30 days');
  world.trouble = { kind: 'refused', status: 401 };
  await running.bot.beat();
  await expect.poll(async () => (await db.select().from(areaMetrics))[0]?.trouble).toEqual(world.trouble);

  await ana.click(await ana.modal(titled('Reliability')), { actionId: 'open_area_metrics', value: '2' });
  expect(words(await setup())).toContain('service=\\"billing\\"');
  await ana.fill(await setup(), { objective: '', pick_way_to_ask: 'Not asked: figures are pushed, or there are none' });
  await ana.submit(await setup());
  await expect.poll(async () => words(await ana.modal(titled('Reliability')))).not.toContain('99.9 %');
  expect(await db.select().from(areaMetrics)).toEqual([]);
});

function titled(title: string): (view: ModalView) => boolean {
  return (view) => view.title?.text === title;
}

function words(view: ModalView): string {
  return JSON.stringify(view.blocks).replaceAll('\\\\', '\\');
}
