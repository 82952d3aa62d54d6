import { type DepartedDefect, departedMessage } from '../../blocks/people/departed-message.ts';
import { updateDefect } from '../../db/defects/defects.ts';
import { logChange } from '../../db/defects/events.ts';
import { enqueuePosts } from '../../db/messages/outbox.ts';
import { type DepartedOwner, listDepartedOwners, listOwnedBy } from '../../db/people/departed.ts';
import { lockProgram, type Program, updateProgram } from '../../db/programs/programs.ts';
import { THE_BOT } from '../../domain/vocabulary.ts';
import type { Db } from '../doing.ts';

/**
 * What whoever was deactivated still owned has no owner from now on. The leads of each program get one message with all of
 * it; where there is no lead, its channel does. Whoever left leads and facilitates no more.
 */
export async function releaseDeparted(db: Db, workspaceId: string, now: Date): Promise<void> {
  for (const departed of await listDepartedOwners(db, workspaceId)) {
    await db.transaction((tx) => release(tx as unknown as Db, departed, now));
  }
}

async function release(tx: Db, { programId, userId, name }: DepartedOwner, now: Date): Promise<void> {
  const program = await lockProgram(tx, programId);
  const owned = await listOwnedBy(tx, programId, userId);
  const because = {
    actor: THE_BOT,
    at: now,
    why: 'The account of its owner was deactivated, so it has none.',
    data: { from: userId, to: null },
  };
  for (const defect of owned) {
    await logChange(tx, defect, 'assigned', because);
    await updateDefect(tx, defect.id, { ownerId: null });
  }
  const others = (ids: readonly string[]) => ids.filter((id) => id !== userId);
  const [leadIds, facilitatorIds] = [others(program.leadIds), others(program.facilitatorIds)];
  await updateProgram(tx, programId, { leadIds, facilitatorIds });
  const wasLead = leadIds.length < program.leadIds.length;
  if (owned.length > 0 || wasLead) await tell(tx, { ...program, leadIds }, { userId, name, wasLead, owned }, now);
}

/** How the message about somebody who left is called; each of those who are told has their own. */
export function departedKey(programId: number, userId: string, atMs: number): string {
  return `departed:${programId}:${userId}:${atMs}`;
}

async function tell(
  tx: Db,
  { id: programId, workspaceId, leadIds, channelId }: Program,
  left: { userId: string; name: string; wasLead: boolean; owned: readonly DepartedDefect[] },
  now: Date,
): Promise<void> {
  const body = departedMessage({ ...left, programId, atMs: now.getTime(), hasLead: leadIds.length > 0 });
  const dedupeKey = departedKey(programId, left.userId, now.getTime());
  const told = leadIds.length > 0 ? leadIds : [channelId];
  await enqueuePosts(tx, { workspaceId, programId, dedupeKey, body, runAt: now }, told);
}
