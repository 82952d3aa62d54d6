import type { Message } from '../../blocks/kit/parts.ts';
import { comebackMessage } from '../../blocks/proof/comeback-message.ts';
import { ownershipMessage } from '../../blocks/reminders/ownership-message.ts';
import { type ReminderPart, reminderMessage } from '../../blocks/reminders/reminder-message.ts';
import { findDefect } from '../../db/defects/defects.ts';
import { listEvents } from '../../db/defects/events.ts';
import type { Db } from '../../db/engine/client.ts';
import { isSaid } from '../../db/messages/hushed.ts';
import { enqueueChange, enqueuePost } from '../../db/messages/outbox.ts';
import { findProgram } from '../../db/programs/programs.ts';
import {
  insertLive,
  type LiveMessage,
  lastEventIds,
  lockLiveOf,
  updateLive,
} from '../../db/reminders/live-messages.ts';
import type { ToldInDirect } from '../../domain/reminders/told-in-direct.ts';
import { localDateOn } from '../../domain/time/working-time.ts';
import { COMEBACK_KINDS } from '../../domain/vocabulary.ts';
import { type Carried, gatherDirectItems } from './direct-items.ts';

type Direct = {
  workspaceId: string;
  userId: string;
  dedupeKey: string;
  told: ToldInDirect;
  /** Not sent earlier than this; now unless given. */
  runAt?: Date;
};

/**
 * Posts a direct message that shows from now on what is done about its defects. Older ones of the same person lose their
 * buttons once each of their defects is in a newer one; a reminder takes those of every older reminder.
 */
export async function postLive(tx: Db, direct: Direct, now: Date): Promise<boolean> {
  const { workspaceId, userId, dedupeKey, told, runAt = now } = direct;
  if (!isSaid(tx, { channel: userId, runAt })) return false;
  const older = await lockLiveOf(tx, workspaceId, userId);
  if (older.some((live) => live.dedupeKey === dedupeKey)) return false;
  const defectIds = defectsIn(told);
  const shownEventIds = await lastEventIds(tx, defectIds);
  const live = await insertLive(tx, { workspaceId, userId, dedupeKey, told, defectIds, shownEventIds, sentAt: now });
  const body = await renderLive(tx, live, now);
  const posted = await enqueuePost(tx, {
    workspaceId,
    programId: programIn(told),
    dedupeKey,
    channel: userId,
    body,
    runAt,
  });
  for (const one of older) {
    const isTaken = told.kind === 'reminder' && one.told.kind === 'reminder';
    const newer = [
      ...older.filter(({ id }) => id > one.id).flatMap((live) => live.defectIds.map(Number)),
      ...defectIds,
    ];
    if (isTaken || one.defectIds.every((id) => newer.includes(Number(id))))
      await showLive(tx, await updateLive(tx, one.id, { retiredAt: now }), now);
  }
  return posted;
}

/** Edits a direct message, for the transaction that holds it, so that it shows how its defects stand now. */
export async function showLive(tx: Db, live: LiveMessage, now: Date): Promise<void> {
  const shownEventIds = await lastEventIds(tx, live.defectIds.map(Number));
  await updateLive(tx, live.id, { shownEventIds });
  await enqueueChange(tx, {
    workspaceId: live.workspaceId,
    programId: programIn(live.told),
    targetKey: live.dedupeKey,
    channel: live.userId,
    body: await renderLive(tx, live, now),
    runAt: now,
  });
}

async function renderLive(db: Db, live: LiveMessage, now: Date): Promise<Message> {
  const { told, userId, workspaceId } = live;
  const isRetired = live.retiredAt !== null;
  if (told.kind === 'reminder') {
    const parts: ReminderPart[] = [];
    let todayOn = told.on;
    for (const part of told.programs) {
      const { program, items } = await itemsOf(db, live, part.programId, part.items.map(carriedOf), now);
      if (items.length > 0) parts.push({ program, items });
      todayOn = localDateOn(now, program.timeZone);
    }
    return reminderMessage({ todayOn, parts, isFirst: told.isFirst, isRetired });
  }
  if (told.kind === 'ownership') {
    const carried = told.defectIds.map((defectId) => ({ defectId, ...OWNERSHIP }));
    const { program, items } = await itemsOf(db, live, told.programId, carried, now);
    return ownershipMessage({
      by: told.by,
      place: told.place,
      items,
      todayOn: localDateOn(now, program.timeZone),
      isRetired,
    });
  }
  const { programId, defectId, eventId } = told;
  const event = (await listEvents(db, defectId)).find(({ id }) => id === eventId);
  const kind = COMEBACK_KINDS.find((one) => one === event?.kind) ?? 'failed';
  // Its date was left as it is where the failure had been told before.
  const toldDueOn = event?.fromState === 'accepted' ? ((event.data?.dueOn ?? null) as string | null) : null;
  const defect = await findDefect(db, programId, defectId);
  const reader = event?.data?.ownerId === userId ? 'owner' : 'lead';
  const carried = { defectId, reason: kind, toldDueOn, reader, why: event?.why ?? '' } as const;
  const { program, items } = await itemsOf(db, live, programId, [carried], now);
  const [item] = items;
  if (!item) throw new Error(`Defect ${defectId} of a direct message in ${workspaceId} is gone.`);
  const todayOn = localDateOn(now, program.timeZone);
  return comebackMessage({ kind, item, failedFixes: defect?.failedFixes ?? 0, todayOn, isRetired });
}

const OWNERSHIP = { reason: 'ownership', toldDueOn: null, reader: 'owner' } as const;

async function itemsOf(db: Db, live: LiveMessage, programId: number, carried: readonly Carried[], now: Date) {
  const program = await findProgram(db, live.workspaceId, programId);
  if (!program) throw new Error(`Program ${programId} of a direct message is gone.`);
  return { program, items: await gatherDirectItems(db, program, carried, live.userId, now) };
}

function carriedOf({
  defectId,
  kind,
  dueOn,
  reader,
}: Extract<ToldInDirect, { kind: 'reminder' }>['programs'][number]['items'][number]): Carried {
  return { defectId, reason: kind, toldDueOn: dueOn, reader };
}

/** The defects that a direct message is about. */
export function defectsIn(told: ToldInDirect): number[] {
  switch (told.kind) {
    case 'reminder':
      return told.programs.flatMap(({ items }) => items.map(({ defectId }) => defectId));
    case 'ownership':
      return [...told.defectIds];
    case 'comeback':
      return [told.defectId];
  }
}

function programIn(told: ToldInDirect): number | undefined {
  return told.kind === 'reminder' ? told.programs[0]?.programId : told.programId;
}
