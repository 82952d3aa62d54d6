import { stillSeeingMessage } from '../../blocks/proof/still-seeing-message.ts';
import type { Defect } from '../../db/defects/defects.ts';
import { listEvents, logChange } from '../../db/defects/events.ts';
import type { Db } from '../../db/engine/client.ts';
import { enqueueUpdate } from '../../db/messages/outbox.ts';
import type { Program } from '../../db/programs/programs.ts';
import { listReports } from '../../db/reports/reports.ts';
import { Refusal } from '../../domain/refusal.ts';
import { defectKey } from '../../domain/vocabulary.ts';
import { because, type Doing, holdDefect } from '../doing.ts';
import { fileReport } from '../reports/file-report.ts';
import { questionOf, stillSeeingKey } from './ask-reporters.ts';

/**
 * What a reporter says of a claimed fix. A yes is a report, seen now, that weighs against the fix like any other; a no is
 * kept in the log. The first answer stands: a second click changes nothing.
 */
export async function answerStillSeeing(
  db: Db,
  program: Program,
  number: number,
  answer: 'yes' | 'no',
  doing: Doing,
): Promise<void> {
  await db.transaction(async (tx) => {
    const defect = await holdDefect(tx, program, number);
    if (!defect.claimedAt) throw new Refusal(`No fix of ${defectKey(number)} has been claimed yet.`);
    const own = (await listReports(tx, defect.id)).find(({ reporterId }) => reporterId === doing.by);
    if (!own) throw new Refusal(`${defectKey(number)} is not a report of yours.`);
    const key = stillSeeingKey(defect, doing.by);
    const known = (await listEvents(tx, defect.id)).some(({ data }) => data?.stillSeeing === key);
    if (known) return;
    const said = answer === 'yes' ? 'Still sees it after the fix.' : 'Does not see it any more.';
    await logChange(tx, defect, 'seen_since_fix', because(doing, said, { stillSeeing: key, answer }));
    if (answer === 'yes')
      await fileSighting(tx, program, defect, { sourceKey: key, environment: own.environment }, doing);
    await enqueueUpdate(tx, {
      workspaceId: program.workspaceId,
      programId: program.id,
      targetKey: key,
      channel: doing.by,
      body: stillSeeingMessage({ ...questionOf(program, defect), answer }),
      runAt: doing.now,
    });
  });
}

/** One more report like the person's last one, of one account at least: all that is known is that it still happens. */
async function fileSighting(
  tx: Db,
  program: Program,
  defect: Defect,
  seen: { sourceKey: string; environment: string | null },
  doing: Doing,
): Promise<void> {
  await fileReport(
    tx,
    program,
    {
      title: defect.title,
      description: '',
      areaId: defect.areaId,
      severity: defect.severity,
      affected: 1,
      supportTickets: 0,
      ...seen,
      link: null,
      seenAt: doing.now,
      filedAt: doing.now,
      reporterId: doing.by,
      source: 'slack',
    },
    defect.id,
  );
}
