import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Message, ModalView } from '../../sandbox/state/model.ts';
import { listPrograms, type Program } from '../../src/db/programs/programs.ts';
import { listAreaMetrics } from '../../src/db/reliability/area-metrics.ts';
import { listReadings } from '../../src/db/reliability/reliability.ts';
import { listReports } from '../../src/db/reports/reports.ts';
import { signalOccurrences } from '../../src/db/schema/signals.ts';
import { HOUR_MS } from '../../src/domain/time/durations.ts';
import { weekBounds } from '../../src/domain/time/week-bounds.ts';
import { connectPrometheus } from '../../src/prometheus/connect-prometheus.ts';
import { gatherReliability } from '../../src/usecases/reliability/gather-reliability.ts';
import { listBudgetShares } from '../../src/usecases/reliability/list-budget-shares.ts';
import { aDefect } from '../builders.ts';
import { databases } from '../databases.ts';
import { type RunningBot, startRunningBot } from '../running-bot.ts';
import { historyOf } from './history.ts';
import { insertFixedSource } from './insert-fixed-source.ts';
import { type PrometheusServer, startPrometheus } from './prometheus-server.ts';

const [, onServer] = databases;
const channel = '#eng-stability';
const PATIENT = { timeout: 20_000 };
/** A Friday, 14:50 in Berlin; summer time ended four weeks before. */
const BEFORE = new Date('2026-11-20T13:50:00Z');
const DIGEST = new Date('2026-11-20T14:00:00Z');
const FROM = new Date(DIGEST.getTime() - 95 * 24 * HOUR_MS);

describe('weeks of a real Prometheus', () => {
  let prometheus: PrometheusServer;
  let running: RunningBot;
  let program: Program;
  beforeAll(async () => {
    const history = historyOf('billing', { from: FROM, to: new Date(DIGEST.getTime() + 3 * HOUR_MS) }, (at, random) => {
      const weeksAgo = Math.floor((DIGEST.getTime() - at.getTime()) / (7 * 24 * HOUR_MS));
      const isOutage = at >= new Date('2026-11-18T02:00:00Z') && at < new Date('2026-11-18T05:00:00Z');
      // Nothing was scraped for three days of the fifth week back.
      if (weeksAgo === 4 && at.getUTCDay() >= 1 && at.getUTCDay() <= 3) return undefined;
      return {
        requests: 900 + Math.round(random() * 200),
        failing: isOutage ? 0.4 : 0.001 * (1 + weeksAgo / 4),
        slow: weeksAgo < 2 ? 0.02 : 0.005,
        up: !isOutage,
      };
    });
    prometheus = await startPrometheus({ history });
    if (!onServer) throw new Error('no PostgreSQL to test on');
    const metrics = connectPrometheus(
      { url: prometheus.origin, auth: { kind: 'none' } },
      { fetch, clock: { now: () => DIGEST } },
    );
    running = await startRunningBot({ database: onServer, transport: 'socket', startAt: BEFORE, metrics });
  });
  afterAll(async () => {
    await running?.close();
    await prometheus?.stop();
  });

  const areas = () => listAreaMetrics(running.db, program.id);
  const untilRead = () =>
    expect
      .poll(
        async () => {
          await running.bot.beat();
          return (await areas()).every(({ metrics }) => metrics === null || metrics.readAgainAt !== null);
        },
        { timeout: 30_000 },
      )
      .toBe(true);

  /** A digest brings pictures along, and what is to be tried again is due only when time goes on. */
  const arrived = async (title: string): Promise<Message> => {
    const digest = () =>
      running.sandbox
        .person('ana')
        .messages(channel)
        .find(({ text }) => text.includes(title));
    const next = async () => {
      await running.pass(1_000);
      return digest();
    };
    await expect.poll(next, { timeout: 40_000, interval: 200 }).toBeDefined();
    return digest() as Message;
  };

  /** All that a digest says, in its post and in its thread. */
  const saidBy = async (title: string): Promise<string> => {
    const post = await arrived(title);
    const replies = () => running.sandbox.person('ana').messages(channel, { thread: post.ts });
    await expect.poll(() => JSON.stringify(replies()), PATIENT).toContain('*Reliability*');
    return JSON.stringify([post, ...replies()].map(({ blocks }) => blocks));
  };

  it('are asked for in settings, where trying says what the week was like', async () => {
    const ana = running.sandbox.person('ana');
    await ana.slash('/defect settings', { channel });
    await ana.click(await ana.modal(titled('Program settings')), 'open_reliability');
    const list = await ana.modal(titled('Reliability'));
    await ana.click(list, { actionId: 'open_area_metrics', value: areaIn(list, 'billing') });
    const setup = () => ana.modal(titled('Metrics of an area'));
    await ana.fill(await setup(), {
      objective: '99.9',
      threshold: '0.5',
      pick_way_to_ask: 'http_requests_total, failed by code 5xx',
    });
    await expect.poll(async () => words(await setup()), PATIENT).toContain('Labels');
    await ana.fill(await setup(), { labels: 'service="billling"' });
    await ana.click(await setup(), 'try_area_metrics');
    await expect.poll(async () => words(await setup()), PATIENT).toContain('No data from Prometheus');
    await ana.fill(await setup(), { labels: 'service="billing"' });
    await ana.click(await setup(), 'try_area_metrics');
    await expect.poll(async () => words(await setup()), PATIENT).toContain('In the last seven days');
    await ana.submit(await setup());
    [program] = (await listPrograms(running.db)) as [Program];
    await expect
      .poll(async () => words(await ana.modal(titled('Reliability'))), PATIENT)
      .toContain('99.9 % over 30 days');
  });

  it('are read before and after the digest, each as the same PromQL says when it is asked by hand', async () => {
    await untilRead();
    await running.pass(DIGEST);
    await running.pass(new Date(DIGEST.getTime() + 11 * 60_000));
    await untilRead();
    const bounds = weekBounds(program, DIGEST);
    const [billing] = await gatherReliability(running.db, program, bounds);
    expect(billing).toMatchObject({ area: 'billing', objective: { target: 0.999, periodDays: 30 }, trouble: null });
    expect(billing?.weeks.map(({ endsAt }) => endsAt)).toEqual(bounds.slice(1));
    for (const [i, week] of (billing?.weeks ?? []).entries()) {
      const [after, upTo] = [bounds[i] as Date, bounds[i + 1] as Date];
      const hours = (upTo.getTime() - after.getTime()) / HOUR_MS;
      // The week in which summer time ended has an hour more.
      expect(hours).toBe(i === 8 ? 169 : 168);
      if (i === 7) {
        expect(week.reading).toBeNull();
        continue;
      }
      const of = (name: string, more = '') => `sum(increase(${name}{service="billing"${more}}[${hours}h]))`;
      const ratio = await prometheus.ask(
        `${of('http_requests_total', ',code=~"5.."')} / ${of('http_requests_total')}`,
        upTo,
      );
      const p99 = await prometheus.ask(
        `histogram_quantile(0.99, sum by (le) (rate(http_request_duration_seconds_bucket{service="billing"}[${hours}h])))`,
        upTo,
      );
      const fast = await prometheus.ask(
        `${of('http_request_duration_seconds_bucket', ',le="0.5"')} / ${of('http_request_duration_seconds_count')}`,
        upTo,
      );
      const up = await prometheus.ask(`avg_over_time(up{service="billing"}[${hours}h])`, upTo);
      const { requests, slow, uptime, p99: read } = week.reading ?? {};
      expect((requests?.bad ?? 0) / (requests?.total ?? 1)).toBeCloseTo(ratio, 5);
      expect(requests?.total).toBe(Math.round(await prometheus.ask(of('http_requests_total'), upTo)));
      expect(read?.seconds).toBeCloseTo(p99, 9);
      expect(read).toMatchObject(p99 > 0.5 ? { above: 0.5, upTo: 1 } : { above: 0.05, upTo: 0.1 });
      expect(1 - (slow?.bad ?? 0) / (slow?.total ?? 1)).toBeCloseTo(fast, 5);
      expect(uptime).toBeCloseTo(up, 9);
    }
    const outage = billing?.weeks.at(-1)?.reading;
    expect(outage?.uptime).toBeCloseTo(166 / 169, 9);
    expect(outage?.requests?.bad).toBeGreaterThan(1_000);
  });

  it('are what the digest says, to the digit that it shows', async () => {
    // A number and its unit are kept on one line by a space that does not break.
    const said = (await saidBy('week to 20 Nov')).replaceAll('\u00a0', ' ');
    const of = (more: string, span: string) => `sum(increase(http_requests_total{service="billing"${more}}[${span}]))`;
    const ratio = async (span: string, at: Date) => prometheus.ask(`${of(',code=~"5.."', span)} / ${of('', span)}`, at);
    const [now, before] = [await ratio('1w', DIGEST), await ratio('1w', new Date(DIGEST.getTime() - 7 * 24 * HOUR_MS))];
    const percent = (share: number) => `${Number((share * 100).toFixed(2))} %`;
    expect(said).toContain(`Worse: errors ${percent(now)} (was ${percent(before)})`);
    expect(said).toContain(`this week at ${(now / 0.001).toFixed(1)} times the allowed pace`);
    expect(said).toContain(`up ${percent(await prometheus.ask('avg_over_time(up{service="billing"}[1w])', DIGEST))}`);
    const buckets = 'sum by (le) (rate(http_request_duration_seconds_bucket{service="billing"}[1w]))';
    const p99 = await prometheus.ask(`histogram_quantile(0.99, ${buckets})`, DIGEST);
    expect(said).toContain(`p99 ${p99.toFixed(2)} s (same bucket, 0.5 to 1 s)`);
    const used = Number(/error budget (\d+) % used/.exec(said)?.[1]);
    // The budget is of whole days, and thirty days by hand begin in the middle of one.
    expect(Math.abs(used / ((await ratio('30d', DIGEST)) / 0.00001) - 1)).toBeLessThan(0.03);
  });

  it('hold a quarter of days beside them, and reading them again changes nothing', async () => {
    const [billing] = await gatherReliability(running.db, program, weekBounds(program, DIGEST));
    const month = 'sum(increase(http_requests_total{service="billing"}[30d]))';
    const byHand = await prometheus.ask(month, new Date('2026-11-19T23:00:00Z'));
    expect(Math.abs((billing?.period?.total ?? 0) / byHand - 1)).toBeLessThan(0.05);
    const areaIds = (await areas()).map(({ areaId }) => areaId);
    const all = { after: new Date(0), upTo: new Date(DIGEST.getTime() + 7 * 24 * HOUR_MS) };
    const days = await listReadings(running.db, areaIds, 'day', all);
    expect(days.length).toBeGreaterThanOrEqual(90);
    await running.bot.beat();
    await running.bot.beat();
    expect(await listReadings(running.db, areaIds, 'day', all)).toEqual(days);
  });

  it('tell what a defect burnt of the quarter’s budget: what failed while its alert was on', async () => {
    const { db } = running;
    const source = await insertFixedSource(db, { kind: 'alertmanager', area: 'billing', secret: 'not used here' });
    const [from, to] = [new Date('2026-11-18T01:30:00Z'), new Date('2026-11-18T05:00:00Z')];
    const defect = await aDefect(
      db,
      { ...program, areaIds: [] },
      { areaId: source.areaId, seenAt: from, filedAt: from },
    );
    const [report] = await listReports(db, defect.id);
    await db.insert(signalOccurrences).values({
      ...{ sourceId: source.sourceId, key: 'outage', reportId: report?.id ?? 0, account: null },
      ...{ startedAt: from, resolvedAt: to },
    });
    await running.pass(HOUR_MS);
    await untilRead();
    const shares = () => listBudgetShares(db, program, DIGEST);
    await expect.poll(shares, PATIENT).toHaveLength(1);
    const failed = 'sum(increase(http_requests_total{service="billing",code=~"5.."}[210m]))';
    const byHand = await prometheus.ask(failed, to);
    const quarter = await prometheus.ask('sum(increase(http_requests_total{service="billing"}[90d]))', DIGEST);
    const [share] = await shares();
    expect(share?.badEvents).toBeCloseTo(byHand, 6);
    expect(byHand).toBeGreaterThan(500);
    expect(Math.abs((share?.share ?? 0) / (byHand / (0.001 * quarter)) - 1)).toBeLessThan(0.05);
  });

  it('that stop coming in are told of since then, in a digest that comes all the same', async () => {
    await prometheus.stop();
    const next = new Date(DIGEST.getTime() + 7 * 24 * HOUR_MS);
    await running.pass(new Date(DIGEST.getTime() + 24 * HOUR_MS));
    await running.pass(next);
    const [billing] = await gatherReliability(running.db, program, weekBounds(program, next));
    expect(billing?.weeks.at(-1)?.reading).toBeNull();
    const sentence = 'No data from Prometheus since Fri 20 Nov, 16:11: it cannot be reached.';
    expect(billing?.trouble).toBe(sentence);
    expect(await saidBy('week to 27 Nov')).toContain(sentence);
  });
});

function titled(title: string) {
  return (view: ModalView) => view.title?.text === title;
}

function words(view: ModalView): string {
  return JSON.stringify(view.blocks);
}

/** The id of an area, from its button in the list. */
function areaIn(view: ModalView, name: string): string {
  const block = view.blocks.find((one) => JSON.stringify(one).includes(`*${name}*`));
  return /"value":"(\d+)"/.exec(JSON.stringify(block))?.[1] ?? '';
}
