import { Mrkdwn } from '../../blocks/kit/mrkdwn.ts';
import type { Message } from '../../blocks/kit/parts.ts';
import { carriedItem, decidedItem, type TriagedDefect } from '../../blocks/triage/triage-item.ts';
import { triageParent } from '../../blocks/triage/triage-thread.ts';
import type { DefectInArea } from '../../db/defects/defects.ts';
import type { Db } from '../../db/engine/client.ts';
import { enqueueUpdate } from '../../db/messages/outbox.ts';
import type { Program } from '../../db/programs/programs.ts';
import { findTriageBefore, type Triage, type TriageItemOfDefect } from '../../db/triage/triages.ts';
import { harmPerWeek, heatAt } from '../../domain/defects/rank.ts';
import { dayNumber } from '../../domain/time/local-date.ts';
import { localDateOn } from '../../domain/time/working-time.ts';
import { countProgram } from '../programs/count-program.ts';

/** What each message of a triage thread is called, once for ever. */
export const triageKeys = {
  parent: (program: Program, dueAt: Date) => `triage:${program.id}:${dueAt.toISOString()}:parent`,
  item: (program: Program, dueAt: Date, number: number) => `triage:${program.id}:${dueAt.toISOString()}:item:${number}`,
  summary: (program: Program, dueAt: Date) => `triage:${program.id}:${dueAt.toISOString()}:summary`,
  escalation: (program: Program, dueAt: Date, leadId: string) =>
    `triage:${program.id}:${dueAt.toISOString()}:escalation:${leadId}`,
};

export async function renderParent(
  db: Db,
  program: Program,
  triage: Triage,
  items: readonly TriageItemOfDefect[],
  now: Date,
): Promise<Message> {
  const since = (await findTriageBefore(db, program.id, triage.dueAt))?.openedAt ?? null;
  return triageParent({
    ref: { programId: program.id, triageId: triage.id },
    programName: program.name,
    timeZone: program.timeZone,
    dueAt: triage.dueAt,
    late: triage.late,
    closesAt: triage.closesAt,
    closed: triage.closedAt && { at: triage.closedAt, by: triage.closedBy },
    facilitatorId: triage.facilitatorId,
    counts: await countProgram(db, program, { now, since }),
    items: items.length,
    decided: items.filter(({ item }) => item.decision !== null).length,
    leftOut: triage.leftOut,
    budgets: triage.budgets,
  });
}

/** Brings the parent's counts up to date. */
export async function updateParent(
  tx: Db,
  program: Program,
  triage: Triage,
  items: readonly TriageItemOfDefect[],
  now: Date,
): Promise<void> {
  await enqueueUpdate(tx, {
    ...addressOf(program, now),
    targetKey: triageKeys.parent(program, triage.dueAt),
    body: await renderParent(tx, program, triage, items, now),
  });
}

/** Shows an item as it now stands: decided, or carried over. */
export async function updateItem(
  tx: Db,
  program: Program,
  triage: Triage,
  { item, defect }: TriageItemOfDefect,
  now: Date,
): Promise<void> {
  const shown = triagedDefect(defect, program, now);
  const body =
    item.decision && item.decidedBy
      ? decidedItem({
          defect: shown,
          decision: item.decision,
          by: item.decidedBy,
          // Stored as it was worded and escaped by settleTriageItem.
          outcome: new Mrkdwn(item.outcome ?? ''),
        })
      : carriedItem({ defect: shown, streak: item.streak + 1 });
  await enqueueUpdate(tx, {
    ...addressOf(program, now),
    targetKey: triageKeys.item(program, triage.dueAt, defect.number),
    body,
  });
}

export function addressOf(program: Program, now: Date) {
  return { workspaceId: program.workspaceId, programId: program.id, channel: program.channelId, runAt: now };
}

export function triagedDefect(defect: DefectInArea, program: Program, now: Date): TriagedDefect {
  const dayOf = (at: Date) => dayNumber(localDateOn(at, program.timeZone));
  return {
    ...defect,
    daysSinceSeen: dayOf(now) - dayOf(defect.lastSeenAt),
    harm: harmPerWeek(heatAt(defect.heatLevel, now, program.halfLifeDays), program.halfLifeDays),
  };
}
