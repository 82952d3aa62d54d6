import { percentWords } from '../../blocks/kit/figures.ts';
import { insertAudit } from '../../db/programs/audit.ts';
import { deleteAreaMetrics, listAreaMetrics, upsertAreaMetrics } from '../../db/reliability/area-metrics.ts';
import { deleteFiringCounts } from '../../db/reliability/firing-counts.ts';
import { deleteReadings, forgetSlow } from '../../db/reliability/reliability.ts';
import { Refusal } from '../../domain/errors/refusal.ts';
import type { MetricsQuestion } from '../../domain/reliability/metrics-question.ts';
import { type MetricsSetup, parseSetup, type WantedSetup } from '../../domain/reliability/metrics-setup.ts';
import { expressionsOf } from '../../domain/reliability/promql.ts';
import type { Db, Doing, Program } from '../doing.ts';

/**
 * Sets what is promised of an area and what its metrics are asked. Another question makes the readings of the one before
 * void; another threshold only what was slow. What is wrong is a Refusal that names its field.
 */
export async function setAreaMetrics(
  db: Db,
  program: Program,
  areaId: number,
  wanted: WantedSetup,
  doing: Doing,
): Promise<void> {
  const setup = checkedSetup(wanted);
  await db.transaction(async (tx) => {
    const area = (await listAreaMetrics(tx, program.id)).find((one) => one.areaId === areaId);
    if (!area) throw new Refusal('There is no such area any more.');
    const before = area.metrics;
    const isNewQuestion = asksOf(before?.question ?? null) !== asksOf(setup.question);
    if (isNewQuestion) {
      await deleteReadings(tx, areaId);
      await deleteFiringCounts(tx, areaId);
    } else if (before && before.thresholdSeconds !== setup.thresholdSeconds) await forgetSlow(tx, areaId);
    const isNothing = setup.target === null && setup.question === null;
    if (isNothing) await deleteAreaMetrics(tx, areaId);
    else await upsertAreaMetrics(tx, program.id, areaId, { ...setup, changedBy: doing.by, changedAt: doing.now });
    const [was, is] = [before && setupWords(before), isNothing ? null : setupWords(setup)];
    if (was !== is)
      await insertAudit(tx, program.id, doing, [
        { kind: 'objective_changed', subject: area.name, before: was, after: is },
      ]);
  });
}

/** Two questions are the same where the same expressions come of them. */
function asksOf(question: MetricsQuestion | null): string | null {
  return question && JSON.stringify(expressionsOf(question));
}

function askedWords(question: MetricsQuestion): string {
  const { bad, total, uptime, latency } = expressionsOf(question);
  return [bad, total, uptime, latency].flatMap((expression) => expression ?? []).join('; ');
}

/** A setup in one line, for the audit log. */
function setupWords({ target, periodDays, thresholdSeconds, question }: MetricsSetup): string {
  const asked = question ? askedWords(question) : '';
  return [
    target === null ? 'no objective' : `${percentWords(target)} over ${periodDays} days`,
    ...(thresholdSeconds === null ? [] : [`slow above ${thresholdSeconds} s`]),
    asked ? `asked by ${asked}` : 'nothing asked',
  ].join(', ');
}

export function checkedSetup(wanted: WantedSetup): MetricsSetup {
  const parsed = parseSetup(wanted);
  if ('bad' in parsed) throw new Refusal(parsed.bad, parsed.field);
  return parsed.ok;
}
