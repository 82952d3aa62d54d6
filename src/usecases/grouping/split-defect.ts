import { type Defect, insertDefect } from '../../db/defects/defects.ts';
import { logBirth, logChange } from '../../db/defects/events.ts';
import type { Db } from '../../db/engine/client.ts';
import { rememberGrouping } from '../../db/grouping/groupings.ts';
import { claimNumber, type Program } from '../../db/programs/programs.ts';
import { listReports, moveReportsById } from '../../db/reports/reports.ts';
import { isOpen } from '../../domain/defects/lifecycle.ts';
import { Refusal } from '../../domain/errors/refusal.ts';
import { TITLE_LIMIT } from '../../domain/reports/report-draft.ts';
import { cleanLine } from '../../domain/text/clean-text.ts';
import { counted } from '../../domain/text/counted.ts';
import { defectKey } from '../../domain/vocabulary.ts';
import { recount } from '../defects/recount.ts';
import { because, type Doing, holdDefect } from '../doing.ts';
import { settleTriageItem } from '../triage/decisions/settle-triage-item.ts';

/** Moves some reports of a defect to a new one of their own. Remembered as cannot-link. */
export async function splitDefect(
  db: Db,
  program: Program,
  number: number,
  split: { reportIds: readonly number[]; title: string },
  doing: Doing,
): Promise<{ kept: Defect; split: Defect }> {
  return db.transaction(async (tx) => {
    const source = await holdDefect(tx, program, number);
    if (!isOpen(source.state)) throw new Refusal(`Only an open defect can be split. ${defectKey(number)} is closed.`);
    const title = cleanLine(split.title, TITLE_LIMIT);
    if (!title) throw new Refusal('Give the new defect a title.', 'title');
    const own = await listReports(tx, source.id);
    const moving = own.filter(({ id }) => split.reportIds.includes(id));
    if (moving.length === 0) throw new Refusal('Pick the reports that belong to the new defect.', 'reports');
    if (moving.length === own.length) throw new Refusal('Leave at least one report where it is.', 'reports');

    const born = await insertDefect(tx, {
      programId: program.id,
      number: await claimNumber(tx, program.id),
      title,
      areaId: source.areaId,
      severity: source.severity,
      state: 'new',
      heatLevel: Number.NEGATIVE_INFINITY,
      firstSeenAt: source.firstSeenAt,
      lastSeenAt: source.lastSeenAt,
      createdAt: doing.now,
      isSample: source.isSample,
    });
    const reportIds = moving.map(({ id }) => id);
    await logBirth(
      tx,
      born,
      'split',
      because(doing, `Split off ${defectKey(number)}.`, { fromId: source.id, reportIds }),
    );
    await moveReportsById(tx, program.id, reportIds, born.id);
    await logChange(
      tx,
      source,
      'report_moved',
      because(doing, `${counted(reportIds.length, 'report')} went to ${defectKey(born.number)}.`, {
        toId: born.id,
        reportIds,
      }),
    );
    await rememberGrouping(tx, program.id, 'cannot_link', source.id, born.id, doing);
    const kept = await recount(tx, program, source, doing.now);
    await settleTriageItem(tx, program, kept, 'split', doing);
    return { kept, split: await recount(tx, program, born, doing.now) };
  });
}
