import { criterionWords } from '../../blocks/kit/words.ts';
import type { DirectItem } from '../../blocks/reminders/direct-item.ts';
import { type Defect, listDefects } from '../../db/defects/defects.ts';
import type { Db } from '../../db/engine/client.ts';
import type { Program } from '../../db/programs/programs.ts';
import { listCriteria } from '../../db/proof/criteria.ts';
import { listOpenEvidence, listSnoozes, listUndecidedComebacks } from '../../db/reminders/reminder-facts.ts';
import { isComeback } from '../../domain/defects/lifecycle.ts';
import { comebackSentence } from '../../domain/proof/comeback-sentence.ts';
import { becameOf } from '../../domain/reminders/became.ts';
import { localDateOn } from '../../domain/time/working-time.ts';
import type { ComebackKind } from '../../domain/vocabulary.ts';
import { proofOfFix } from '../proof/proof-of-fix.ts';
import { stalledWords } from './stalled-words.ts';

/** What a direct message carries: a defect, why, and who reads it. */
export type Carried = Pick<DirectItem, 'reason' | 'reader'> & {
  defectId: number;
  /** The day that was promised when the message was written. */
  toldDueOn: string | null;
  why?: string;
};

/** The items of a direct message as they stand now, in the order given. What is a sample by now is left out. */
export async function gatherDirectItems(
  db: Db,
  program: Program,
  carried: readonly Carried[],
  userId: string,
  now: Date,
): Promise<DirectItem[]> {
  const ids = carried.map(({ defectId }) => defectId);
  const defects = new Map((await listDefects(db, program.id, ids)).map((defect) => [defect.id, defect]));
  const snoozes = (await listSnoozes(db, ids)).filter((snooze) => snooze.userId === userId);
  const comebacks = new Map((await listUndecidedComebacks(db, ids)).map((one) => [one.defectId, one.why]));
  const evidence = await listOpenEvidence(db, ids);
  const todayOn = localDateOn(now, program.timeZone);
  const items: DirectItem[] = [];
  for (const { defectId, reason, toldDueOn, reader, why } of carried) {
    const defect = defects.get(defectId);
    if (!defect || defect.isSample) continue;
    const criteria = reason === 'ownership' ? await listCriteria(db, defectId) : [];
    const snoozedUntilOn = snoozes.find((snooze) => snooze.defectId === defectId)?.untilOn ?? null;
    const stalled = reason === 'stalled' ? stalledWords(defect, evidence.get(defectId) ?? [], now) : null;
    items.push({
      ref: { programId: program.id, number: defect.number },
      title: defect.title,
      state: defect.state,
      ownerId: defect.ownerId,
      dueOn: defect.dueOn,
      ...{ reason, reader },
      why: isComeback(reason)
        ? await cameBackWords(db, program, { defect, kind: reason }, why ?? comebacks.get(defectId) ?? null, now)
        : stalled,
      criteria: criteria.map(({ criterion }) => criterionWords(criterion)),
      became: becameOf({ kind: reason, dueOn: toldDueOn }, defect, {
        ...{ userId, snoozedUntilOn, todayOn },
        isOwner: reader === 'owner',
      }),
    });
  }
  return items;
}

/** Why its fix came back, counted anew while that is what it waits for; later as it was said then. */
async function cameBackWords(
  db: Db,
  program: Program,
  { defect, kind }: { defect: Defect; kind: ComebackKind },
  saidThen: string | null,
  now: Date,
): Promise<string | null> {
  if (saidThen === null || defect.state !== 'accepted') return saidThen;
  return comebackSentence(kind, await proofOfFix(db, program, defect, now)) ?? saidThen;
}
