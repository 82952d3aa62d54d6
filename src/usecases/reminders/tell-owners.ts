import { formerOwnerMessage } from '../../blocks/reminders/ownership-message.ts';
import type { Defect } from '../../db/defects/defects.ts';
import type { Db } from '../../db/engine/client.ts';
import { enqueuePost } from '../../db/messages/outbox.ts';
import type { Program } from '../../db/programs/programs.ts';
import { isUnsent, type LiveMessage, lastEventIds, lockLiveOf, updateLive } from '../../db/reminders/live-messages.ts';
import { localDateOn } from '../../domain/time/working-time.ts';
import type { Doing } from '../doing.ts';
import { postLive, showLive } from './live-message.ts';

/** Whoever is given several defects in a row is told of them in one message. */
const GATHERED_MS = 15_000;

/**
 * Tells by direct message who has become the owner of a defect, and who is one no more. Nobody is told what they did
 * themselves, or of a sample; an import tells nobody. For the transaction that has changed the owner.
 *
 * @param beforeId who owned it before; null also where the same owner is to be told of a first date
 */
export async function tellOwners(
  tx: Db,
  program: Program,
  defect: Defect,
  beforeId: string | null,
  doing: Doing,
): Promise<void> {
  const { ownerId } = defect;
  const isQuiet = doing.actor?.kind === 'bot' && !doing.through;
  if (defect.isSample || isQuiet || ownerId === beforeId) return;
  const by = byOf(doing);
  if (ownerId && ownerId !== by) await tellNewOwner(tx, program, defect, ownerId, doing);
  if (beforeId && beforeId !== by) {
    const [eventId = 0] = await lastEventIds(tx, [defect.id]);
    await enqueuePost(tx, {
      workspaceId: program.workspaceId,
      programId: program.id,
      dedupeKey: `former-owner:${defect.id}:${eventId}:${beforeId}`,
      channel: beforeId,
      body: formerOwnerMessage({
        number: defect.number,
        title: defect.title,
        by,
        place: doing.through?.place,
        to: ownerId,
      }),
      runAt: doing.now,
    });
  }
}

/** Nobody is named by whom a ticket was assigned that is not known here. */
function byOf({ by, through }: Doing): string | null {
  return through ? through.by : by;
}

async function tellNewOwner(tx: Db, program: Program, defect: Defect, userId: string, doing: Doing): Promise<void> {
  const { workspaceId } = program;
  const [by, place] = [byOf(doing), doing.through?.place];
  const gathering = await findGathering(tx, program, userId, { by, place });
  if (gathering) {
    const { live, told } = gathering;
    const defectIds = [...new Set([...told.defectIds, defect.id])];
    const shownEventIds = await lastEventIds(tx, defectIds);
    await showLive(
      tx,
      await updateLive(tx, live.id, { told: { ...told, defectIds }, defectIds, shownEventIds }),
      doing.now,
    );
    return;
  }
  const [eventId = 0] = await lastEventIds(tx, [defect.id]);
  await postLive(
    tx,
    {
      ...{ workspaceId, userId },
      dedupeKey: `owner:${defect.id}:${eventId}:${userId}`,
      told: {
        kind: 'ownership',
        on: localDateOn(doing.now, program.timeZone),
        programId: program.id,
        ...{ by, ...(place === undefined ? {} : { place }) },
        defectIds: [defect.id],
      },
      runAt: new Date(doing.now.getTime() + GATHERED_MS),
    },
    doing.now,
  );
}

type Ownership = Extract<LiveMessage['told'], { kind: 'ownership' }>;

/** The message to this person, by the same hand, that has not gone out yet. */
async function findGathering(
  tx: Db,
  program: Program,
  userId: string,
  { by, place }: { by: string | null; place: string | undefined },
): Promise<{ live: LiveMessage; told: Ownership } | null> {
  for (const live of await lockLiveOf(tx, program.workspaceId, userId)) {
    const { told } = live;
    if (told.kind !== 'ownership' || told.programId !== program.id) continue;
    if (told.by !== by || told.place !== place) continue;
    if (await isUnsent(tx, program.workspaceId, live.dedupeKey)) return { live, told };
  }
  return null;
}
