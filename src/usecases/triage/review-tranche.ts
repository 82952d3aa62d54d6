import { trancheMessage } from '../../blocks/triage/tranche-message.ts';
import type { Db } from '../../db/engine/client.ts';
import { enqueuePost } from '../../db/messages/outbox.ts';
import type { Program } from '../../db/programs/programs.ts';
import {
  findLatestTranche,
  insertTranche,
  insertTrancheDefects,
  listCommitted,
  listOnBurndownList,
  listProposable,
  type Tranche,
  updateTranche,
} from '../../db/triage/tranches.ts';
import { harmPerWeek, heatAt } from '../../domain/defects/rank.ts';
import { addDays } from '../../domain/time/local-date.ts';
import { localDateOn, localTimeAt, localTimeToInstant } from '../../domain/time/working-time.ts';
import { reviewOf } from '../../domain/triage/tranche.ts';
import { gatherScorecard } from '../exit/gather-scorecard.ts';
import { proposeEnd } from '../exit/propose-end.ts';

const PROPOSED = 5;

/** `repeated` where this review has been held before: nothing is closed or opened twice. */
export type TrancheReviewed = { kind: 'reviewed' | 'repeated'; number: number };

/**
 * Closes the running tranche and says what really improved in it, opens the next one with everything that is on the
 * burn-down list, and proposes the highest ranked defects that nobody has accepted yet.
 */
export async function reviewTranche(
  tx: Db,
  program: Program,
  { dueAt, late, now }: { dueAt: Date; late: boolean; now: Date },
): Promise<TrancheReviewed> {
  const running = await findLatestTranche(tx, program.id);
  if (running && running.startsAt >= dueAt) return { kind: 'repeated', number: running.number };
  const harm = (level: number) => harmPerWeek(heatAt(level, dueAt, program.halfLifeDays), program.halfLifeDays);
  const committed = running ? await listCommitted(tx, running) : [];
  const review = reviewOf(
    committed.map((row) => ({
      number: row.number,
      title: row.title,
      state: row.state,
      harmThen: running ? harmAt(row.levelThen, running, program) : 0,
      harmNow: harm(row.levelNow),
      cameBack: row.failures > 0,
    })),
  );
  const next = await openNext(tx, program, running, dueAt);
  if (!next) return { kind: 'repeated', number: running?.number ?? 1 };
  const list = await listOnBurndownList(tx, program.id);
  await insertTrancheDefects(tx, next.id, list);
  const scorecard = await gatherScorecard(tx, program, dueAt);
  const proposed = await listProposable(tx, program.id, PROPOSED);
  await enqueuePost(tx, {
    workspaceId: program.workspaceId,
    programId: program.id,
    dedupeKey: `tranche:${program.id}:${dueAt.toISOString()}`,
    channel: program.channelId,
    body: trancheMessage({
      programName: program.name,
      timeZone: program.timeZone,
      dueAt,
      late,
      closed: running ? { number: running.number, startsAt: running.startsAt, review } : null,
      next: { number: next.number, endsAt: next.endsAt, committed: list.length },
      scorecard,
      proposed: proposed.map(({ heatLevel, ...defect }) => ({ ...defect, harm: harm(heatLevel) })),
    }),
    runAt: now,
  });
  if (scorecard) await proposeEnd(tx, program, scorecard, now);
  return { kind: 'reviewed', number: next.number };
}

function harmAt(level: number, { startsAt }: Tranche, { halfLifeDays }: Program): number {
  return harmPerWeek(heatAt(level, startsAt, halfLifeDays), halfLifeDays);
}

/** The running tranche ends when the review is due, whatever was planned; the next one takes the program's weeks. */
async function openNext(tx: Db, program: Program, running: Tranche | null, dueAt: Date): Promise<Tranche | null> {
  if (running) await updateTranche(tx, running.id, dueAt);
  const { timeZone, trancheWeeks } = program;
  const endsOn = addDays(localDateOn(dueAt, timeZone), 7 * trancheWeeks);
  return insertTranche(tx, {
    programId: program.id,
    number: (running?.number ?? 0) + 1,
    startsAt: dueAt,
    endsAt: localTimeToInstant(endsOn, localTimeAt(dueAt, timeZone), timeZone),
  });
}
