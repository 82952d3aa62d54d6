import type { Db } from '../../../db/engine/client.ts';
import { holdRun, listDueSchedules } from '../../../db/programs/due-schedules.ts';
import type { Program } from '../../../db/programs/programs.ts';
import { claimOccurrence, markChecked, type Schedule } from '../../../db/programs/schedules.ts';
import { dueInstants } from '../../../domain/time/cadence.ts';
import { planOccurrences } from '../../../domain/time/catch-up.ts';
import type { Ritual } from '../../../domain/vocabulary.ts';
import { postDigest } from '../../digest/post-digest.ts';
import { evaluateProofs } from '../../proof/evaluate-proofs.ts';
import { remindOwners } from '../../reminders/remind-owners.ts';
import { announceFacilitator } from '../../triage/announce-facilitator.ts';
import { closeDueTriages } from '../../triage/close-triage.ts';
import { openTriage } from '../../triage/open-triage.ts';
import { reviewTranche } from '../../triage/review-tranche.ts';
import { decidedUntil } from './decided-until.ts';
import { reckonNextDue } from './reckon-next-due.ts';
import { tellMissed } from './tell-missed.ts';

/** One scheduled run: when it was due, whether it comes late, and the instant it runs at. */
export type Occurrence = { dueAt: Date; late: boolean; now: Date };

/** What a run says about itself; `gaps` is what did not add up, though it was posted. */
type Run<T = { gaps: readonly string[] }> = (tx: Db, program: Program, occurrence: Occurrence) => Promise<T>;

const RUNS: Record<Exclude<Ritual, 'reminders'>, Run> = {
  triage: withoutGaps(openTriage),
  digest: postDigest,
  tranche_review: withoutGaps(reviewTranche),
  proof: withoutGaps(evaluateProofs),
};

function withoutGaps(run: Run<unknown>): Run {
  return async (...args) => {
    await run(...args);
    return { gaps: [] };
  };
}

/** What went wrong in one tick; each ritual of each program fails by itself and is tried again at the next. */
export type RitualFailure = {
  ritual: Ritual | 'closing' | 'facilitator';
  workspace?: string;
  programId?: number;
  error: unknown;
};

/**
 * Runs everything that is due at `now`, and looks at nothing else. Any number of replicas may call it at once: the row of
 * the occurrence decides who runs it, and its messages are written in the same transaction. What fails stays due.
 */
export async function runDueRituals(db: Db, now: Date): Promise<RitualFailure[]> {
  const failures: RitualFailure[] = [];
  await attempt(failures, { ritual: 'closing' }, () => closeDueTriages(db, now));
  for (const { schedule, program } of await listDueSchedules(db, now)) {
    const failedBefore = failures.length;
    await lookAt(db, schedule, program, now, failures);
    if (failures.length > failedBefore) continue;
    const what = { ritual: schedule.ritual, ...of(program) };
    await attempt(failures, what, () => reckonNextDue(db, schedule.id, now));
  }
  return failures;
}

async function lookAt(
  db: Db,
  schedule: Schedule,
  program: Program,
  now: Date,
  failures: RitualFailure[],
): Promise<void> {
  const { ritual, cadence } = schedule;
  await attempt(failures, { ritual, ...of(program) }, async () => {
    if (ritual === 'reminders') await remindOwners(db, program, { localTime: cadence.atLocalTime, now });
    else {
      const gaps = await runSchedule(db, program, schedule, RUNS[ritual], now);
      if (gaps.length > 0) failures.push({ ritual, ...of(program), error: new Error(gaps.join('; ')) });
    }
  });
  if (ritual !== 'triage') return;
  await attempt(failures, { ritual: 'facilitator', ...of(program) }, () =>
    announceFacilitator(db, program, cadence, now),
  );
}

function of({ workspaceId, id }: Program): Pick<RitualFailure, 'workspace' | 'programId'> {
  return { workspace: workspaceId, programId: id };
}

async function runSchedule(
  db: Db,
  program: Program,
  schedule: Schedule,
  run: Run,
  now: Date,
): Promise<readonly string[]> {
  const due = dueInstants(schedule.cadence, await decidedUntil(db, schedule, now), now);
  if (due.length === 0) return [];
  const plan = planOccurrences({ due, now, createdAt: schedule.createdAt, policy: 'latest' });
  return db.transaction(async (tx) => {
    if (!(await holdRun(tx, schedule))) return [];
    let gaps: readonly string[] = [];
    const decided = { scheduleId: schedule.id, decidedAt: now };
    const missed: Date[] = [];
    for (const dueAt of plan.missed) {
      if (await claimOccurrence(tx, { ...decided, dueAt, outcome: 'missed' })) missed.push(dueAt);
    }
    await tellMissed(tx, program, { ritual: schedule.ritual, dueAts: missed, now });
    if (plan.run) {
      const { dueAt, late } = plan.run;
      const isOurs = await claimOccurrence(tx, { ...decided, dueAt, outcome: late ? 'late' : 'on_time' });
      if (isOurs) gaps = (await run(tx, program, { dueAt, late, now })).gaps;
    }
    await markChecked(tx, schedule.id, now);
    return gaps;
  });
}

async function attempt(
  failures: RitualFailure[],
  what: Omit<RitualFailure, 'error'>,
  run: () => Promise<unknown>,
): Promise<void> {
  try {
    await run();
  } catch (error) {
    failures.push({ ...what, error });
  }
}
