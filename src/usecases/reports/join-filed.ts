import type { Defect } from '../../db/defects/defects.ts';
import type { Db } from '../../db/engine/client.ts';
import { listAreas, type Program } from '../../db/programs/programs.ts';
import { listReports } from '../../db/reports/reports.ts';
import { Refusal } from '../../domain/errors/refusal.ts';
import { parseReportFields, type ReportFields } from '../../domain/reports/report-draft.ts';
import { cleanLine } from '../../domain/text/clean-text.ts';
import { defectKey } from '../../domain/vocabulary.ts';
import { findOrRefuse } from '../defects/show-defect.ts';
import type { Doing } from '../doing.ts';
import { mergeDefects } from '../grouping/merge-defects.ts';
import { fileReport } from './file-report.ts';

type Told = { filed: number } | { fields: ReportFields; sourceKey: string };

/**
 * Joins what somebody has told to a defect that is there already: a report that was just filed as new is merged, one
 * that is still being filled in is filed as it stands, with the defect's own area and severity where none was picked.
 */
export async function joinFiled(db: Db, program: Program, number: number, told: Told, doing: Doing): Promise<Defect> {
  if ('filed' in told) {
    await refuseOthers(db, program, told.filed, doing);
    return (await mergeDefects(db, program, told.filed, number, doing)).target;
  }
  const known = await findOrRefuse(db, program, number);
  const areaIds = (await listAreas(db, program.id)).map(({ id }) => id);
  const draft = draftLike(known, told.fields, areaIds, doing.now);
  const incoming = {
    ...draft,
    reporterId: doing.by,
    source: 'slack' as const,
    sourceKey: told.sourceKey,
    filedAt: doing.now,
  };
  return (await fileReport(db, program, incoming, known.id)).defect;
}

/** Whoever has just filed a report may say what it is a repeat of; what others have reported or decided is for deciders. */
async function refuseOthers(db: Db, program: Program, number: number, { by }: Doing): Promise<void> {
  const { id, state } = await findOrRefuse(db, program, number);
  const isOwn = (await listReports(db, id)).every(({ reporterId }) => reporterId === by);
  if (isOwn && state === 'new') return;
  throw new Refusal(`${defectKey(number)} is not your report alone any more. Whoever decides may merge it.`);
}

/** Fields that are missing or unreadable do not stop a repeat from being counted. */
function draftLike(
  known: { title: string; areaId: number; severity: string },
  fields: ReportFields,
  areaIds: readonly number[],
  now: Date,
) {
  const filled = {
    ...fields,
    title: cleanLine(fields.title) || known.title,
    area: fields.area ?? String(known.areaId),
    severity: fields.severity ?? known.severity,
  };
  const checked = parseReportFields(filled, areaIds, now);
  if ('draft' in checked) return checked.draft;
  const usable = Object.fromEntries(Object.entries(filled).filter(([field]) => !(field in checked.errors)));
  const mended = parseReportFields(
    { ...usable, title: known.title, area: String(known.areaId), severity: known.severity },
    areaIds,
    now,
  );
  if ('draft' in mended) return mended.draft;
  throw new Error('A report with a known title, area and severity must be readable.');
}
