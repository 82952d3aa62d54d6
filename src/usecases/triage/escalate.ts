import { Mrkdwn, mention, mrkdwn } from '../../blocks/kit/mrkdwn.ts';
import type { Message } from '../../blocks/kit/parts.ts';
import { escalationMessage } from '../../blocks/triage/triage-notes.ts';
import type { Defect } from '../../db/defects/defects.ts';
import type { Db } from '../../db/engine/client.ts';
import { enqueueChange, enqueuePosts } from '../../db/messages/outbox.ts';
import type { Program } from '../../db/programs/programs.ts';
import {
  listPastItems,
  listTriageItems,
  markSettledAfterwards,
  type Triage,
  type TriageItem,
  type TriageItemOfDefect,
} from '../../db/triage/triages.ts';
import { isEscalated } from '../../domain/triage/agenda.ts';
import { askedOfItems } from './decisions/ask-of-items.ts';
import { addressOf, streakAfter, triagedDefect, triageKeys } from './render-triage.ts';

/** Those of a thread that go to the leads. Nobody is asked to decide an invented defect. */
export function escalatedOf(items: readonly TriageItemOfDefect[]): TriageItemOfDefect[] {
  return items.filter(({ item, defect }) => !defect.isSample && isEscalated(streakAfter(item)));
}

/** Puts what a thread left open too often before the leads, with all that can be decided about it. */
export async function escalate(
  tx: Db,
  program: Program,
  triage: Triage,
  escalated: readonly TriageItemOfDefect[],
  now: Date,
): Promise<void> {
  if (escalated.length === 0) return;
  const body = await escalationBody(tx, program, triage, escalated, now);
  const dedupeKey = triageKeys.escalation(program, triage.dueAt);
  await enqueuePosts(tx, { ...addressOf(program, now), dedupeKey, body }, program.leadIds);
}

/**
 * Shows the leads that what they were asked to settle is settled, wherever that was done, in every message that asks for
 * it; null where that was taken back.
 */
export async function updateEscalation(
  tx: Db,
  program: Program,
  defect: Defect,
  settled: { by: string; outcome: Mrkdwn } | null,
  now: Date,
): Promise<void> {
  if (defect.isSample) return;
  for (const { item, triage } of await listPastItems(tx, program.id, defect.id)) {
    const isStale = settled !== null || isSettledAfterwards(item, triage);
    if (!isEscalated(streakAfter(item)) || !isStale) continue;
    const then = settled && { by: settled.by, at: now, outcome: settled.outcome.source };
    await markSettledAfterwards(tx, item.id, then);
    await showEscalation(tx, program, triage, now);
  }
}

/** Brings what the leads are asked to settle up to date; what stands there already is not sent again. */
export async function showEscalation(tx: Db, program: Program, triage: Triage, now: Date): Promise<void> {
  const escalated = escalatedOf(await listTriageItems(tx, triage.id));
  const body = await escalationBody(tx, program, triage, escalated, now);
  for (const channel of program.leadIds) {
    const targetKey = `${triageKeys.escalation(program, triage.dueAt)}:${channel}`;
    await enqueueChange(tx, { ...addressOf(program, now), channel, targetKey, body });
  }
}

async function escalationBody(
  db: Db,
  program: Program,
  triage: Triage,
  escalated: readonly TriageItemOfDefect[],
  now: Date,
): Promise<Message> {
  // Deferring is leaving open, and asks for a decision again.
  const items = escalated.map(({ item, defect }) => ({ item: { ...item, decision: null }, defect }));
  const asked = await askedOfItems(db, program, items, now);
  return escalationMessage({
    channelId: program.channelId,
    items: escalated.map(({ item, defect }) => {
      const one = asked.get(defect.id);
      const undecided = one && { ...one, streak: streakAfter(item) };
      return { defect: triagedDefect(defect, program, now), undecided, settled: afterwards(item, triage) };
    }),
  });
}

function afterwards(item: TriageItem, triage: Triage): Mrkdwn | null {
  if (!item.decidedBy || !isSettledAfterwards(item, triage)) return null;
  return mrkdwn`${mention(item.decidedBy)} ${new Mrkdwn(item.outcome ?? '')}`;
}

function isSettledAfterwards({ decidedAt }: TriageItem, { closedAt }: Triage): boolean {
  return decidedAt !== null && closedAt !== null && decidedAt >= closedAt;
}
