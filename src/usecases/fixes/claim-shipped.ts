import { fixShippedMessage } from '../../blocks/fixes/fix-messages.ts';
import type { Defect } from '../../db/defects/defects.ts';
import type { PullRow } from '../../db/fixes/pull-requests.ts';
import { enqueuePosts } from '../../db/messages/outbox.ts';
import { listCriteria } from '../../db/proof/criteria.ts';
import { findTracker } from '../../db/trackers/trackers.ts';
import { Refusal } from '../../domain/errors/refusal.ts';
import type { Shipped } from '../../domain/fixes/witnessed-fix.ts';
import { THE_BOT } from '../../domain/vocabulary.ts';
import type { Db, Program } from '../doing.ts';
import { claimFix } from '../proof/claim-fix.ts';
import { findShipped } from './witness-fix.ts';

/**
 * Claims a merged fix that is out, in its owner's name, and asks the owner for what the form would have asked. Where a form
 * is needed, its owner is asked for that. Nothing happens while another merge of the same fix is not out.
 */
export async function claimShipped(tx: Db, program: Program, defect: Defect, pull: PullRow, now: Date): Promise<void> {
  if (defect.state !== 'accepted') return;
  const shipped = await findShipped(tx, defect);
  const tracker = shipped && (await findTracker(tx, program.id, pull.trackerId));
  if (!shipped || !tracker) return;
  const key = `${tracker.place}#${pull.number}`;
  const isClaimed = await claim(tx, program, defect, { key, ...shipped }, now);
  const { number, title } = defect;
  const news = { programId: program.id, number, title, pull: { key, url: pull.url }, shippedIn: shipped.shippedIn };
  const post = {
    ...{ workspaceId: program.workspaceId, programId: program.id, runAt: now },
    dedupeKey: `fix-shipped:${pull.id}`,
    body: fixShippedMessage({ ...news, isClaimed }),
  };
  await enqueuePosts(tx, post, defect.ownerId ? [defect.ownerId] : program.leadIds);
}

async function claim(
  tx: Db,
  program: Program,
  defect: Defect,
  { key, shippedIn, shippedAt, shippedTo }: { key: string } & Shipped,
  now: Date,
): Promise<boolean> {
  const { ownerId, failedFixes, firstSeenAt } = defect;
  const isWhole = ownerId && failedFixes < 2 && (await listCriteria(tx, defect.id)).length > 0;
  if (!isWhole || shippedAt > now || shippedAt < firstSeenAt) return false;
  const said = {
    keepingNote: `still to be said. ${key} is out with ${shippedIn}.`,
    fixKind: null,
    deployedAt: shippedAt,
    environments: shippedTo ?? [],
  };
  try {
    await claimFix(tx, program, defect.number, said, { by: ownerId, now, actor: THE_BOT });
    return true;
  } catch (error) {
    if (error instanceof Refusal) return false;
    throw error;
  }
}
