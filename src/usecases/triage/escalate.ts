import { Mrkdwn, mention, mrkdwn } from '../../blocks/kit/mrkdwn.ts';
import type { Message } from '../../blocks/kit/parts.ts';
import { escalationMessage } from '../../blocks/triage/triage-notes.ts';
import type { Defect } from '../../db/defects/defects.ts';
import type { Db } from '../../db/engine/client.ts';
import { enqueuePosts, enqueueUpdate } from '../../db/messages/outbox.ts';
import type { Program } from '../../db/programs/programs.ts';
import {
  findLastItem,
  listTriageItems,
  markSettledAfterwards,
  type Triage,
  type TriageItem,
  type TriageItemOfDefect,
} from '../../db/triage/triages.ts';
import { isEscalated } from '../../domain/triage/agenda.ts';
import { askedOfItems } from './ask-of-items.ts';
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

/** Shows the leads that what they were asked to settle is settled, wherever that was done. */
export async function updateEscalation(
  tx: Db,
  program: Program,
  defect: Defect,
  settled: { by: string; at: Date; outcome: Mrkdwn },
): Promise<void> {
  const last = await findLastItem(tx, program.id, defect.id);
  if (!last || defect.isSample || last.triage.closedAt === null || !isEscalated(streakAfter(last.item))) return;
  await markSettledAfterwards(tx, last.item.id, { ...settled, outcome: settled.outcome.source });
  const escalated = escalatedOf(await listTriageItems(tx, last.triage.id));
  const body = await escalationBody(tx, program, last.triage, escalated, settled.at);
  for (const channel of program.leadIds) {
    const targetKey = `${triageKeys.escalation(program, last.triage.dueAt)}:${channel}`;
    await enqueueUpdate(tx, { ...addressOf(program, settled.at), channel, targetKey, body });
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

function afterwards({ decidedBy, decidedAt, outcome }: TriageItem, { closedAt }: Triage): Mrkdwn | null {
  if (!decidedBy || !decidedAt || !closedAt || decidedAt < closedAt) return null;
  return mrkdwn`${mention(decidedBy)} ${new Mrkdwn(outcome ?? '')}`;
}
