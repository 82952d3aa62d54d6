import { findDefect, lockDefect } from '../../db/defects/defects.ts';
import { findPull, listUnshipped, type PullRow, updatePull } from '../../db/fixes/pull-requests.ts';
import type { CodeHost, Shipment } from '../../domain/fixes/code-host.ts';
import { isCutAfter, shipmentsAfter } from '../../domain/fixes/first-shipment.ts';
import type { TrackerAnswer, TrackerTrouble } from '../../domain/trackers/tracker.ts';
import type { Db } from '../doing.ts';
import { claimShipped } from './claim-shipped.ts';
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
  const shipments = await of.code.listShipments(oldest.mergedAt);
  if ('trouble' in shipments) return shipments.trouble;
  for (const pull of waiting) {
    const first = await firstWith(db, of.code, pull, shipments.ok);
    if ('trouble' in first) return first.trouble;
    if (first.ok) await takeShipment(db, of, { pull, shipment: first.ok }, now);
  }
  return null;
}

async function firstWith(
  db: Db,
  code: CodeHost,
  pull: PullRow,
  shipments: readonly Shipment[],
): Promise<TrackerAnswer<Shipment | null>> {
  const ruledOut = [...pull.ruledOut];
  for (const shipment of shipmentsAfter(pull.mergedAt, shipments, ruledOut)) {
    const has = await code.contains(shipment, pull.mergeSha);
    if ('trouble' in has) return has;
    if (has.ok ?? isCutAfter(shipment, pull)) return { ok: shipment };
    if (has.ok === null) continue;
    ruledOut.push(shipment.id);
    await updatePull(db, pull.id, { ruledOut });
  }
  return { ok: null };
}

/** It is out: a claim is witnessed by it, and where the program wants that, made. Once, whoever looks. */
async function takeShipment(
  db: Db,
  { row, program }: CodeOfTracker,
  { pull, shipment }: { pull: PullRow; shipment: Shipment },
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
      ruledOut: [],
    });
    await witnessClaim(tx, program, defect, now);
    const after = (await findDefect(tx, program.id, defect.id)) ?? defect;
    if (row.claimsShipped) await claimShipped(tx, program, after, pull, now);
  });
}
