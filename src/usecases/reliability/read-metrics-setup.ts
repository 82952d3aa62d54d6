import { uptimeWords } from '../../blocks/kit/figures.ts';
import { momentWords } from '../../blocks/kit/words.ts';
import type { MetricArea } from '../../blocks/reliability/metric-modals.ts';
import { troubleWords } from '../../blocks/reliability/metric-trouble.ts';
import { type AreaMetrics, listAreaMetrics } from '../../db/reliability/area-metrics.ts';
import { findLastPushes } from '../../db/reliability/metric-pushes.ts';
import { Refusal } from '../../domain/errors/refusal.ts';
import { labelWords } from '../../domain/reliability/label-selector.ts';
import { USUAL_PERIOD_DAYS, type WantedSetup } from '../../domain/reliability/metrics-setup.ts';
import type { Db, Program } from '../doing.ts';

/** Every area with what is promised of it and how its metrics do, for those who may change settings. */
export async function readMetricAreas(db: Db, program: Program, now: Date): Promise<MetricArea[]> {
  const areas = await listAreaMetrics(db, program.id);
  const pushes = await findLastPushes(
    db,
    areas.map(({ areaId }) => areaId),
    now,
  );
  return areas.map(({ areaId, name, metrics }) => ({
    areaId,
    name,
    promise: promiseWords(metrics),
    state: stateWords(metrics, pushes.get(areaId), program, now),
  }));
}

function promiseWords(metrics: AreaMetrics | null): string {
  if (metrics?.target == null) return 'no objective';
  return `${uptimeWords(1 - metrics.target)} over ${metrics.periodDays} days`;
}

function stateWords(metrics: AreaMetrics | null, pushedAt: Date | undefined, program: Program, now: Date): string {
  const { timeZone } = program;
  if (!metrics?.question) {
    return pushedAt ? `Pushed, last up to ${momentWords(pushedAt, timeZone)}.` : 'Nothing is asked and nothing pushed.';
  }
  if (metrics.trouble) return troubleWords(metrics.trouble, metrics.troubledSince, { now, timeZone });
  return metrics.goodUntil
    ? `Asked, last ${momentWords(metrics.goodUntil, timeZone)}.`
    : 'Not asked yet; it will be within a minute.';
}

/** The setup of one area as its form shows it. */
export async function readMetricsSetup(
  db: Db,
  program: Program,
  areaId: number,
): Promise<{ name: string; setup: WantedSetup }> {
  const area = (await listAreaMetrics(db, program.id)).find((one) => one.areaId === areaId);
  if (!area) throw new Refusal('There is no such area any more.');
  const { name, metrics } = area;
  const question = metrics?.question ?? null;
  const own = question?.kind === 'own' ? question : null;
  const setup: WantedSetup = {
    target: metrics?.target == null ? '' : String(Number((metrics.target * 100).toFixed(6))),
    periodDays: String(metrics?.periodDays ?? USUAL_PERIOD_DAYS),
    thresholdSeconds: metrics?.thresholdSeconds == null ? '' : String(metrics.thresholdSeconds),
    how: question === null ? 'none' : question.kind === 'own' ? 'own' : question.family,
    labels: question?.kind === 'family' ? labelWords(question.labels) : '',
    bad: own?.bad ?? '',
    total: own?.total ?? '',
    uptime: own?.uptime ?? '',
    latency: own?.latency ?? '',
  };
  return { name, setup };
}
