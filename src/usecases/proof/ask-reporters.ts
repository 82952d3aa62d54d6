import { stillSeeingMessage } from '../../blocks/proof/still-seeing-message.ts';
import type { Defect } from '../../db/defects/defects.ts';
import { listEvents } from '../../db/defects/events.ts';
import type { Db } from '../../db/engine/client.ts';
import { enqueuePost, enqueueUpdate, withdrawUnsent } from '../../db/messages/outbox.ts';
import type { Program } from '../../db/programs/programs.ts';
import { listReports } from '../../db/reports/reports.ts';
import { concernsFix, type Fix } from '../../domain/proof/regression-guard.ts';
import { DAY_MS } from '../../domain/time/durations.ts';
import { localDateOn, localTimeToInstant, nextWorkingDay } from '../../domain/time/working-time.ts';
import type { Doing } from '../doing.ts';

const ASKED_DAYS = 30;
const ASKED_AT = '10:00';
const ASKED_AT_MOST = 20;

/** Whom a claim asks, and when: its event in the log keeps it. */
export type PlannedQuestions = { askedIds: string[]; askedAt: Date };

/**
 * The people who reported a defect in the last 30 days are asked whether they still see it, each once a claim and a working
 * day later, when there has been something to see. Neither the owner nor whoever claimed is asked, nor anybody whose reports
 * the fix cannot speak about; imports and machines cannot be asked.
 */
export async function planQuestions(
  db: Db,
  program: Program,
  defect: Defect,
  fix: Fix,
  doing: Doing,
): Promise<PlannedQuestions> {
  const tomorrow = nextWorkingDay(localDateOn(doing.now, program.timeZone), program);
  const askedAt = localTimeToInstant(tomorrow, ASKED_AT, program.timeZone);
  return { askedIds: await reportersToAsk(db, defect, fix, doing), askedAt };
}

/** Asks them. For the transaction of the claim. */
export async function askReporters(
  tx: Db,
  program: Program,
  claimed: Defect,
  { askedIds, askedAt }: PlannedQuestions,
): Promise<void> {
  for (const userId of askedIds) {
    await enqueuePost(tx, {
      workspaceId: program.workspaceId,
      programId: program.id,
      dedupeKey: stillSeeingKey(claimed, userId),
      channel: userId,
      body: stillSeeingMessage({ ...questionOf(program, claimed), answer: null }),
      runAt: askedAt,
    });
  }
}

/**
 * Ends the questions that nobody has answered, once their fix is proven or has failed: those that are still to be sent are
 * taken back, the others say that they need no answer any more. For the transaction that settles the fix.
 */
export async function endQuestions(
  tx: Db,
  program: Program,
  defect: Defect,
  outcome: 'proven' | 'failed' | 'reduced',
  now: Date,
): Promise<void> {
  const reporters = new Set((await listReports(tx, defect.id)).map(({ reporterId }) => reporterId));
  const answered = new Set((await listEvents(tx, defect.id)).map(({ data }) => data?.stillSeeing));
  const open = new Map([...reporters].map((userId) => [stillSeeingKey(defect, userId), userId]));
  for (const key of open.keys()) if (answered.has(key)) open.delete(key);
  for (const key of await withdrawUnsent(tx, program.workspaceId, [...open.keys()])) {
    await enqueueUpdate(tx, {
      workspaceId: program.workspaceId,
      programId: program.id,
      targetKey: key,
      channel: open.get(key) ?? '',
      body: stillSeeingMessage({ ...questionOf(program, defect), answer: outcome }),
      runAt: now,
    });
  }
}

/** Names one question: of one claim, to one person. The report that a yes makes has the same key. */
export function stillSeeingKey({ id, claimedAt }: Pick<Defect, 'id' | 'claimedAt'>, userId: string): string {
  return `still-seeing:${id}:${claimedAt?.toISOString() ?? ''}:${userId}`;
}

export function questionOf(program: Program, { number, title, deployedAt, claimedAt }: Defect) {
  const fixedAt = deployedAt ?? claimedAt ?? program.createdAt;
  return { programId: program.id, number, title, fixedOn: localDateOn(fixedAt, program.timeZone) };
}

async function reportersToAsk(tx: Db, defect: Defect, fix: Fix, { by, now }: Doing): Promise<string[]> {
  if (defect.isSample) return [];
  const since = new Date(now.getTime() - ASKED_DAYS * DAY_MS);
  const reports = await listReports(tx, defect.id);
  const people = reports
    .filter((report) => report.source === 'slack' && report.seenAt >= since && concernsFix(report, fix))
    .map(({ reporterId }) => reporterId);
  return [...new Set(people)].filter((id) => id !== defect.ownerId && id !== by).slice(0, ASKED_AT_MOST);
}
