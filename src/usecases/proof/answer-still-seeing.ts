import { stillSeeingMessage } from '../../blocks/proof/still-seeing-message.ts';
import type { Defect } from '../../db/defects/defects.ts';
import { listEvents, logChange } from '../../db/defects/events.ts';
import type { Db } from '../../db/engine/client.ts';
import { enqueueUpdate } from '../../db/messages/outbox.ts';
import type { Program } from '../../db/programs/programs.ts';
import { listReports, type Report } from '../../db/reports/reports.ts';
import { Refusal } from '../../domain/errors/refusal.ts';
import { ENVIRONMENT_LIMIT } from '../../domain/reports/report-draft.ts';
import { cleanLine } from '../../domain/text/clean-text.ts';
import { defectKey } from '../../domain/vocabulary.ts';
import { because, type Doing, holdDefect } from '../doing.ts';
import { fileReport } from '../reports/file-report.ts';
import { questionOf, stillSeeingKey } from './ask-reporters.ts';

/** A no, or a yes with when and where: only then can it be weighed against the fix. */
export type Sighting = 'no' | { seenAt: Date; environment: string };

/**
 * What a reporter says of a claimed fix. A yes is a report that weighs against the fix like any other, by when and where it
 * was seen; a no is kept in the log. The first answer stands: a second click changes nothing.
 */
export async function answerStillSeeing(
  db: Db,
  program: Program,
  number: number,
  sighting: Sighting,
  doing: Doing,
): Promise<void> {
  await db.transaction(async (tx) => {
    const defect = await holdDefect(tx, program, number);
    if (!defect.claimedAt) throw new Refusal(`No fix of ${defectKey(number)} has been claimed yet.`);
    await findOwnReport(tx, defect, doing);
    const key = stillSeeingKey(defect, doing.by);
    const known = (await listEvents(tx, defect.id)).some(({ data }) => data?.stillSeeing === key);
    if (known) return;
    const answer = sighting === 'no' ? 'no' : 'yes';
    const said = answer === 'yes' ? 'Still sees it after the fix.' : 'Does not see it any more.';
    await logChange(tx, defect, 'seen_since_fix', because(doing, said, { stillSeeing: key, answer }));
    if (sighting !== 'no') {
      if (sighting.seenAt > doing.now) throw new Refusal('This is in the future. Pick when you saw it.', 'seen_at');
      const environment = cleanLine(sighting.environment, ENVIRONMENT_LIMIT) || null;
      await fileSighting(tx, program, defect, { sourceKey: key, seenAt: sighting.seenAt, environment }, doing);
    }
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

/** The last report of a defect by whoever is asked about its fix. */
export async function findOwnReport(db: Db, defect: Defect, { by }: Pick<Doing, 'by'>): Promise<Report> {
  const own = (await listReports(db, defect.id)).find(({ reporterId }) => reporterId === by);
  if (!own) throw new Refusal(`${defectKey(defect.number)} is not a report of yours.`);
  return own;
}

/** One more report like the person's last one, of one account at least: all that is known is that it still happens. */
async function fileSighting(
  tx: Db,
  program: Program,
  defect: Defect,
  seen: { sourceKey: string; seenAt: Date; environment: string | null },
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
      filedAt: doing.now,
      reporterId: doing.by,
      source: 'slack',
    },
    defect.id,
  );
}
