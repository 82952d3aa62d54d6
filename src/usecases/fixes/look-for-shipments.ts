import { findDefect, lockDefect } from '../../db/defects/defects.ts';
import { findPull, listUnshipped, type PullRow, updatePull } from '../../db/fixes/pull-requests.ts';
import { listTold } from '../../db/signals/releases.ts';
import { isSameMissing } from '../../domain/fixes/told-release.ts';
import type { TrackerTrouble } from '../../domain/trackers/tracker.ts';
import type { Db } from '../doing.ts';
import { claimShipped } from './claim-shipped.ts';
import { type Asking, askCode, firstShipment, inOrder, type Shipping } from './first-shipment.ts';
import { howReached, NOWHERE_TOLD } from './how-reached.ts';
import type { CodeOfTracker } from './look-at-code.ts';
import { witnessClaim } from './witness-fix.ts';

/** Looks for what went out with the merges that nobody saw go out yet. Null where all was read. */
export async function lookForShipments(
  db: Db,
  of: CodeOfTracker,
  { since, now }: { since: Date; now: Date },
): Promise<TrackerTrouble | null> {
  const waiting = await listUnshipped(db, of.row.id, since);
  const [oldest] = waiting;
  if (!oldest) return null;
  const listed = await of.code.listShipments(oldest.mergedAt);
  if ('trouble' in listed) return listed.trouble;
  const told = await listTold(db, of.program.id, { since: oldest.mergedAt, upTo: now });
  const shipments = inOrder(listed.ok, told);
  const reachingOf = told.length > 0 ? await howReached(db, of) : async () => NOWHERE_TOLD;
  const asking: Asking = { ...askCode(of.code), now, ruleOut: (id, ruledOut) => updatePull(db, id, { ruledOut }) };
  for (const pull of waiting) {
    const first = await firstShipment(asking, pull, { shipments, reaching: await reachingOf(pull) });
    if ('trouble' in first) return first.trouble;
    const { shipment, missing } = first.ok;
    if (shipment) await takeShipment(db, of, { pull, shipment }, now);
    else if (missing !== undefined && !isSameMissing(missing, pull.missing)) await updatePull(db, pull.id, { missing });
  }
  return null;
}

/** It is out: a claim is witnessed by it, and where the program wants that, made. Once, whoever looks. */
async function takeShipment(
  db: Db,
  { row, program }: CodeOfTracker,
  { pull, shipment }: { pull: PullRow; shipment: Shipping },
  now: Date,
): Promise<void> {
  await db.transaction(async (tx) => {
    const defect = await lockDefect(tx, program.id, pull.defectId);
    const held = defect && (await findPull(tx, pull.id));
    if (!held || held.shippedAt) return;
    await updatePull(tx, pull.id, {
      shippedAt: shipment.at,
      shippedIn: shipment.name,
      shippedUrl: shipment.url,
      shippedTo: shipment.to,
      missing: null,
      ruledOut: [],
    });
    await witnessClaim(tx, program, defect, now);
    const after = (await findDefect(tx, program.id, defect.id)) ?? defect;
    if (row.claimsShipped) await claimShipped(tx, program, after, pull, now);
  });
}
