import type { SignalOutcome } from '../../blocks/signals/signal-outcome.ts';
import { type Defect, updateDefect } from '../../db/defects/defects.ts';
import { hasPersonChanged, logChange } from '../../db/defects/events.ts';
import { listAreas, mustBe } from '../../db/programs/programs.ts';
import { listReportsById, listReportsOldestFirst, type Report, updateReport } from '../../db/reports/reports.ts';
import { reportWeight } from '../../domain/defects/rank.ts';
import { type Fact, renewFacts } from '../../domain/reports/facts.ts';
import { SEVERITIES, type Severity, THE_BOT } from '../../domain/vocabulary.ts';
import { recount } from '../defects/recount.ts';
import type { Db } from '../doing.ts';
import { followMerges } from '../reports/record-report.ts';
import type { Told } from './burst-batch.ts';

/** Where a signal's report belongs, whether the sender has said so, and what of it is shown. */
export type SignalArea = { areaId: number; isNamed: boolean; fact: readonly Fact[] };

/**
 * Lets a report follow what its sender says of it now. Its defect follows too where this report opened it, or where it has
 * become worse, unless a person has said how bad it is or whose.
 */
export async function reviseReport(
  { tx, now }: { tx: Db; now: Date },
  { program, source, signal }: Told,
  reportId: number,
  area: SignalArea,
): Promise<SignalOutcome> {
  const report = mustBe((await listReportsById(tx, program.id, [reportId]))[0]);
  const severity = severityAfter(report, signal.severity ?? source.severity);
  const areaId = area.isNamed ? area.areaId : report.areaId;
  const facts = report.wordsErasedAt ? report.facts : renewFacts(report.facts, [...area.fact, ...signal.facts]);
  await updateReport(tx, report.id, { facts });
  if (severity === report.severity && areaId === report.areaId) return { became: 'repeated', what: signal.title };
  await updateReport(tx, report.id, { severity, areaId, weight: reportWeight({ ...report, severity }) });
  const defect = await recount(tx, program, await followMerges(tx, program, report.defectId), now);
  const patch = await patchFor(tx, defect, report, { severity, areaId });
  const because = (data: Record<string, unknown>) => ({
    actor: THE_BOT,
    at: now,
    why: `${source.name} says so since.`,
    data,
  });
  if (patch.severity)
    await logChange(tx, defect, 'severity_changed', because({ from: defect.severity, to: patch.severity }));
  if (patch.areaId) await logChange(tx, defect, 'area_changed', because({ from: defect.areaId, to: patch.areaId }));
  if (Object.keys(patch).length > 0) await updateDefect(tx, defect.id, patch);
  const name = (await listAreas(tx, program.id)).find(({ id }) => id === areaId)?.name ?? null;
  return {
    became: 'revised',
    number: defect.number,
    severity: severity === report.severity ? null : severity,
    area: areaId === report.areaId ? null : name,
  };
}

/** Of several occurrences the worst counts, so that one of them makes a report worse and never better. */
function severityAfter(report: Report, severity: Severity): Severity {
  return report.occurrences === 1 ? severity : worse(report.severity, severity);
}

async function patchFor(
  tx: Db,
  defect: Defect,
  report: Report,
  to: { severity: Severity; areaId: number },
): Promise<Partial<Pick<Defect, 'severity' | 'areaId'>>> {
  const [first] = await listReportsOldestFirst(tx, defect.id);
  // Whoever opened it by hand has said how bad it is.
  if (first?.source !== 'signal') return {};
  const opened = first.id === report.id;
  const severity = opened ? to.severity : worse(defect.severity, to.severity);
  const mayRate = severity !== defect.severity && !(await hasPersonChanged(tx, defect.id, 'severity_changed'));
  const mayMove = opened && to.areaId !== defect.areaId && !(await hasPersonChanged(tx, defect.id, 'area_changed'));
  return { ...(mayRate ? { severity } : {}), ...(mayMove ? { areaId: to.areaId } : {}) };
}

function worse(a: Severity, b: Severity): Severity {
  return SEVERITIES.indexOf(a) <= SEVERITIES.indexOf(b) ? a : b;
}
