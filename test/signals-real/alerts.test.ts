import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { listEvents } from '../../src/db/defects/events.ts';
import { listFiringCounts } from '../../src/db/reliability/firing-counts.ts';
import { defects, reports } from '../../src/db/schema/defects.ts';
import { signalDeliveries, signalOccurrences } from '../../src/db/schema/signals.ts';
import { connectPrometheus } from '../../src/prometheus/connect-prometheus.ts';
import { setAreaMetrics } from '../../src/usecases/reliability/set-area-metrics.ts';
import { databases } from '../databases.ts';
import { type RunningBot, startRunningBot } from '../running-bot.ts';
import { startAlertmanager } from './alertmanager-server.ts';
import { insertFixedSource } from './insert-fixed-source.ts';
import { type PrometheusServer, startPrometheus } from './prometheus-server.ts';
import type { Server } from './run-tool.ts';

const [, onServer] = databases;
const SECRET = 'the-secret-that-alertmanager-has';
const PATIENT = { timeout: 30_000, interval: 100 };

/** A service that Prometheus scrapes: it counts requests, and they fail while it is told to be broken. */
async function startService() {
  const counts = { ok: 0, failed: 0 };
  let isBroken = false;
  const server = createServer((_, response) => {
    counts[isBroken ? 'failed' : 'ok'] += 10;
    response
      .writeHead(200, { 'content-type': 'text/plain; version=0.0.4' })
      .end(
        [
          '# TYPE http_requests_total counter',
          `http_requests_total{code="200"} ${counts.ok}`,
          `http_requests_total{code="500"} ${counts.failed}`,
          '# TYPE checkout_broken gauge',
          `checkout_broken{tenant="acme"} ${isBroken ? 1 : 0}`,
          '',
        ].join('\n'),
      );
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  return {
    target: `127.0.0.1:${(server.address() as AddressInfo).port}`,
    set: (broken: boolean) => {
      isBroken = broken;
    },
    stop: () =>
      new Promise<void>((resolve) => {
        server.closeAllConnections();
        server.close(() => resolve());
      }),
  };
}

describe('an alert of a real Prometheus, sent by a real Alertmanager', () => {
  const open: (() => Promise<unknown>)[] = [];
  let service: Awaited<ReturnType<typeof startService>>;
  let prometheus: PrometheusServer;
  let running: RunningBot;
  let program: Awaited<ReturnType<typeof insertFixedSource>>;

  beforeAll(async () => {
    if (!onServer) throw new Error('no PostgreSQL to test on');
    // What asks is known before Prometheus is, which needs to know of Alertmanager, which needs to know of the bot.
    const late: { ask?: ReturnType<typeof connectPrometheus> } = {};
    const ask: ReturnType<typeof connectPrometheus> = {
      query: async (...asked) => late.ask?.query(...asked) ?? { trouble: { kind: 'unreachable' } },
      queryRange: async (...asked) => late.ask?.queryRange(...asked) ?? { trouble: { kind: 'unreachable' } },
    };
    running = await startRunningBot({ database: onServer, transport: 'http', startAt: new Date(), metrics: ask });
    open.push(() => running.close());
    program = await insertFixedSource(running.db, { kind: 'alertmanager', area: 'billing', secret: SECRET });
    const url = `${running.address}/signals/alertmanager/${program.token}`;
    const alertmanager: Server = await startAlertmanager({ url, secret: SECRET });
    open.push(alertmanager.stop);
    service = await startService();
    open.push(service.stop);
    const [, alertmanagerAt] = alertmanager.origin.split('//');
    prometheus = await startPrometheus({
      config: {
        global: { scrape_interval: '1s', evaluation_interval: '1s' },
        alerting: { alertmanagers: [{ static_configs: [{ targets: [alertmanagerAt] }] }] },
        scrape_configs: [{ job_name: 'checkout', metrics_path: '/', static_configs: [{ targets: [service.target] }] }],
      },
      rules: {
        groups: [
          {
            name: 'checkout',
            rules: [
              {
                alert: 'CheckoutBroken',
                expr: 'checkout_broken == 1',
                labels: { severity: 'critical', environment: 'production' },
                annotations: { summary: 'Payments of {{ $labels.tenant }} fail <!channel>' },
              },
            ],
          },
        ],
      },
    });
    open.push(prometheus.stop);
    late.ask = connectPrometheus(
      { url: prometheus.origin, auth: { kind: 'none' } },
      { fetch, clock: { now: () => new Date() } },
    );
  });
  afterAll(async () => {
    for (const close of open.reverse()) await close();
  });

  /** The senders live in real time, and the bot's clock is moved along. */
  const inStep = async <T>(read: () => PromiseLike<T>): Promise<T> => {
    await running.sandbox.clock.set(new Date());
    return read();
  };

  it('becomes one report however often it is repeated, and its end a resolution', async () => {
    const { db } = running;
    service.set(true);
    await expect.poll(() => inStep(() => db.select().from(reports)), PATIENT).toHaveLength(1);
    const [defect] = await db.select().from(defects);
    expect(defect).toMatchObject({ number: 1, severity: 'S1', state: 'new', areaId: program.areaId });
    expect(defect?.title).toContain('Payments of acme fail');
    // Sent again each second, as the same bytes or with other ones, it is the same occurrence.
    const told = async () => (await db.select().from(signalDeliveries)).reduce((sum, one) => sum + 1 + one.repeats, 0);
    await expect.poll(() => inStep(told), PATIENT).toBeGreaterThanOrEqual(3);
    expect(await db.select().from(reports)).toHaveLength(1);
    service.set(false);
    await expect
      .poll(() => inStep(async () => (await db.select().from(signalOccurrences))[0]?.resolvedAt), PATIENT)
      .toBeInstanceOf(Date);
    const events = await listEvents(db, defect?.id ?? 0);
    expect(events.filter(({ kind }) => kind === 'signal_resolved')).toMatchObject([
      { why: expect.stringMatching(/^Our alertmanager says that it is over, after/) },
    ]);
    expect(await db.select().from(reports)).toHaveLength(1);
  });

  it('and what failed meanwhile is counted, as the same PromQL says when it is asked by hand', async () => {
    const { db } = running;
    const [occurrence] = await db.select().from(signalOccurrences);
    const [from, to] = [occurrence?.startedAt as Date, occurrence?.resolvedAt as Date];
    const setup = { target: '99', periodDays: '30', thresholdSeconds: '', how: 'http_code', labels: 'job="checkout"' };
    const none = { bad: '', total: '', uptime: '', latency: '' };
    await running.pass(new Date(to.getTime() + 5 * 60_000));
    const doing = { by: program.lead, now: to };
    await setAreaMetrics(db, program.program, program.areaId, { ...setup, ...none }, doing);
    const seconds = Math.round((to.getTime() - from.getTime()) / 1000);
    const failed = `sum(increase(http_requests_total{job="checkout",code=~"5.."}[${seconds}s]))`;
    const byHand = await prometheus.ask(failed, to);
    expect(byHand).toBeGreaterThan(0);
    const now = new Date(to.getTime() + 6 * 60_000);
    await running.pass(now);
    const counts = () => listFiringCounts(db, program.areaId, from);
    await expect.poll(counts, PATIENT).toMatchObject([{ startsAt: from, endsAt: to }]);
    expect((await counts())[0]?.bad).toBeCloseTo(byHand, 6);
  });
});
