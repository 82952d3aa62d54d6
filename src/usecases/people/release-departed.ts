import { type DepartedDefect, type DepartedRoles, departedMessage } from '../../blocks/people/departed-message.ts';
import { updateDefect } from '../../db/defects/defects.ts';
import { logChange } from '../../db/defects/events.ts';
import { enqueuePosts } from '../../db/messages/outbox.ts';
import { type DepartedOwner, listDepartedOwners, listOwnedBy } from '../../db/people/departed.ts';
import { updateArea } from '../../db/programs/areas.ts';
import { listAreas, lockProgram, type Program, updateProgram } from '../../db/programs/programs.ts';
import { THE_BOT } from '../../domain/vocabulary.ts';
import type { Db } from '../doing.ts';

/**
 * What whoever was deactivated still owned has no owner from now on. The leads of each program get one message with all of
 * it; where there is no lead, its channel does. Whoever left leads, decides, facilitates and owns by default no more.
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
  const deciderIds = program.deciderIds && others(program.deciderIds);
  await updateProgram(tx, programId, { leadIds, facilitatorIds, deciderIds });
  const areas = (await listAreas(tx, programId)).filter(({ ownerIds }) => ownerIds.includes(userId));
  for (const { id, ownerIds } of areas) await updateArea(tx, id, { ownerIds: others(ownerIds) });
  const was = {
    lead: leadIds.length < program.leadIds.length,
    decider: deciderIds !== null && deciderIds.length < (program.deciderIds?.length ?? 0),
    ownerOf: areas.map((area) => area.name),
  };
  if (owned.length === 0 && !was.lead && !was.decider && areas.length === 0) return;
  await tell(tx, { ...program, leadIds, deciderIds }, { userId, name, was, owned }, now);
}

/** How the message about somebody who left is called; each of those who are told has their own. */
export function departedKey(programId: number, userId: string, atMs: number): string {
  return `departed:${programId}:${userId}:${atMs}`;
}

async function tell(
  tx: Db,
  { id: programId, workspaceId, leadIds, deciderIds, channelId }: Program,
  left: { userId: string; name: string; was: DepartedRoles; owned: readonly DepartedDefect[] },
  now: Date,
): Promise<void> {
  const body = departedMessage({
    ...left,
    programId,
    atMs: now.getTime(),
    hasLead: leadIds.length > 0,
    hasDecider: deciderIds === null || deciderIds.length > 0,
  });
  const dedupeKey = departedKey(programId, left.userId, now.getTime());
  const told = leadIds.length > 0 ? leadIds : [channelId];
  await enqueuePosts(tx, { workspaceId, programId, dedupeKey, body, runAt: now }, told);
}
