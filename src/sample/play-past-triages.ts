import { reasonWords } from '../blocks/triage/triage-words.ts';
import { claimOccurrence, listSchedules } from '../db/programs/schedules.ts';
import { insertTriage, insertTriageItems } from '../db/triage/triages.ts';
import { dueInstants } from '../domain/time/cadence.ts';
import { DAY_MS } from '../domain/time/durations.ts';
import { addWorkingHours } from '../domain/time/working-time.ts';
import type { Decision } from '../domain/vocabulary.ts';
import type { Db } from '../usecases/doing.ts';
import { TRIAGE_WORKING_HOURS } from '../usecases/triage/open-triage.ts';
import { actorOf } from './play-sample-step.ts';
import type { Stage } from './sample-stage.ts';
import type { SampleStep } from './sample-tables.ts';
import { type Happening, HISTORY_DAYS } from './sample-timeline.ts';

const DECISION_OF: Partial<Record<SampleStep['do'], Decision>> = {
  accept: 'accept',
  accept_risk: 'accept_risk',
  dismiss: 'dismiss',
  ask: 'need_info',
  merge: 'merge',
  defer: 'defer',
};

/**
 * Remembers the triage threads of a sample history: one for each instant of the program's schedule that is over, with the
 * decisions that were taken while it was open. Nothing of them is posted.
 */
export async function playPastTriages(tx: Db, stage: Stage, happenings: readonly Happening[]): Promise<void> {
  const { program, now } = stage;
  const triage = (await listSchedules(tx, program.id)).find(({ ritual, enabled }) => ritual === 'triage' && enabled);
  if (!triage) return;
  const startsAt = new Date(now.getTime() - HISTORY_DAYS * DAY_MS);
  for (const [nth, dueAt] of dueInstants(triage.cadence, startsAt, now).entries()) {
    const closesAt = addWorkingHours(dueAt, TRIAGE_WORKING_HOURS, program);
    const isNew =
      closesAt < now &&
      (await claimOccurrence(tx, { scheduleId: triage.id, dueAt, outcome: 'on_time', decidedAt: dueAt }));
    if (!isNew) continue;
    stage.beside.occurrences.push({ scheduleId: triage.id, dueAt: dueAt.toISOString() });
    await insertPastTriage(tx, stage, { dueAt, closesAt, nth }, happenings);
  }
}

async function insertPastTriage(
  tx: Db,
  stage: Stage,
  { dueAt, closesAt, nth }: { dueAt: Date; closesAt: Date; nth: number },
  happenings: readonly Happening[],
): Promise<void> {
  const { program, reported, cast } = stage;
  const triage = await insertTriage(tx, {
    programId: program.id,
    dueAt,
    openedAt: dueAt,
    closesAt,
    closedAt: closesAt,
    facilitatorId: cast.person(nth),
  });
  if (!triage) return;
  stage.beside.triageIds.push(triage.id);
  const decided = happenings.flatMap((happening) => {
    if (happening.kind !== 'step' || happening.at <= dueAt || happening.at > closesAt) return [];
    const { at, defect, step } = happening;
    const decision = DECISION_OF[step.do];
    const defectId = reported.get(defect.key)?.id;
    return decision && defectId ? [{ decision, defectId, decidedAt: at, decidedBy: actorOf(stage, defect, step) }] : [];
  });
  await insertTriageItems(
    tx,
    decided.map((item, position) => ({
      ...item,
      triageId: triage.id,
      position,
      reason: reasonWords({ kind: 'new', recurring: true, isFresh: true }),
    })),
  );
}
