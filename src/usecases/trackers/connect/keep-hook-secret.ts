import type { KeyRing } from '../../../db/engine/sealed.ts';
import { insertAudit } from '../../../db/programs/audit.ts';
import { sealTrackerSecret } from '../../../db/trackers/tracker-secrets.ts';
import { updateTracker } from '../../../db/trackers/trackers.ts';
import { parseSecret } from '../../../domain/trackers/place.ts';
import type { Db, Doing, Program } from '../../doing.ts';
import { holdTracker } from './change-tracker.ts';

/** Keeps the secret that a tracker signs its webhooks with, where it makes that by itself. Nothing typed changes nothing. */
export async function keepHookSecret(
  tx: Db,
  program: Program,
  id: number,
  { keys, typed }: { keys: KeyRing; typed: string },
  doing: Doing,
): Promise<void> {
  const secret = parseSecret(typed);
  if (secret === null) return;
  const { addressHash, place } = await holdTracker(tx, program, id);
  const owner = { workspaceId: program.workspaceId, addressHash };
  await updateTracker(tx, id, { sealedSecret: sealTrackerSecret(keys, secret, owner) });
  const what = { kind: 'tracker_changed', subject: place, before: 'its signing secret', after: 'another one' } as const;
  await insertAudit(tx, program.id, doing, [what]);
}
