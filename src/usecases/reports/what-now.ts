import type { Mrkdwn } from '../../blocks/kit/mrkdwn.ts';
import { whatNowWords } from '../../blocks/reports/what-now.ts';
import type { Defect } from '../../db/defects/defects.ts';
import { listEvents } from '../../db/defects/events.ts';
import type { Db } from '../../db/engine/client.ts';
import type { Program } from '../../db/programs/programs.ts';
import { findReportBySourceKey } from '../../db/reports/reports.ts';
import { verdictOn } from '../../domain/proof/regression-guard.ts';
import { localDateOn } from '../../domain/time/working-time.ts';
import { COMEBACK_KINDS } from '../../domain/vocabulary.ts';
import { isOverdue } from '../defects/describe-defect.ts';
import { fixOfDefect } from '../proof/fix-of-defect.ts';

/**
 * What is true of a defect for whoever has just reported it: that it waits, who owns it and by when, or what the report
 * says of its fix.
 *
 * @param sourceKey of the report; null where somebody only looks
 */
export async function whatNow(
  db: Db,
  program: Program,
  defect: Defect,
  sourceKey: string | null,
  now: Date,
): Promise<Mrkdwn> {
  const { number, state, ownerId, dueOn, deployedAt } = defect;
  const report = sourceKey === null ? null : await findReportBySourceKey(db, program.id, 'slack', sourceKey);
  const last = (await listEvents(db, defect.id)).findLast(({ toState }) => toState !== null);
  const isByThisReport = report && ((last?.data?.reportIds ?? []) as number[]).includes(report.id);
  const cameBack = COMEBACK_KINDS.find((kind) => kind === last?.kind) ?? null;
  const fix = fixOfDefect(defect);
  return whatNowWords(
    {
      ...{ number, state, ownerId, dueOn },
      overdue: isOverdue(defect, program, now),
      fixedOn: deployedAt && localDateOn(deployedAt, program.timeZone),
      verdict: report && fix ? verdictOn(report, fix) : null,
      broughtBack: isByThisReport ? cameBack : null,
    },
    localDateOn(now, program.timeZone),
  );
}
