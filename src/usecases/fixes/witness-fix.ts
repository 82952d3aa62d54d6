import { dayWords } from '../../blocks/kit/words.ts';
import { type Defect, updateDefect } from '../../db/defects/defects.ts';
import { listEvents, logChange } from '../../db/defects/events.ts';
import { listPulls, type PullInPlace } from '../../db/fixes/pull-requests.ts';
import { listReports } from '../../db/reports/reports.ts';
import { cameBackAt } from '../../domain/fixes/current-fix.ts';
import { SHIPS_WITHIN_DAYS } from '../../domain/fixes/first-shipment.ts';
import { type Out, type Shipped, witnessedFix, witnessOf } from '../../domain/fixes/witnessed-fix.ts';
import { DAY_MS } from '../../domain/time/durations.ts';
import { localDateOn } from '../../domain/time/working-time.ts';
import { THE_BOT } from '../../domain/vocabulary.ts';
import type { Db, Program } from '../doing.ts';
import { sizeWindow } from '../proof/size-window.ts';

/** The release or deployment that contains what was merged for a defect since it came back last; null where none does. */
export async function findShipped(db: Db, defect: Defect): Promise<Shipped | null> {
  const pulls = await listPulls(db, defect.id);
  if (pulls.length === 0) return null;
  const events = await listEvents(db, defect.id);
  const { firstSeenAt, state, claimedAt } = defect;
  return witnessOf(pulls, {
    firstSeenAt,
    cameBackAt: cameBackAt(events),
    claimedAt: state === 'claimed' ? claimedAt : null,
  });
}

/**
 * Whether a fix is merged and not out yet, in a place where what is out is claimed by itself: a ticket that the merge has
 * closed says nothing of what users meet.
 */
export async function waitsForShipment(db: Db, defect: Defect, now: Date): Promise<boolean> {
  return (await listToShip(db, defect, now)).some(({ claimsShipped }) => claimsShipped);
}

/** Whether something is merged for it that nobody saw go out: another release about then need not contain it. */
export async function hasMergeToShip(db: Db, defect: Defect, now: Date): Promise<boolean> {
  return (await listToShip(db, defect, now)).length > 0;
}

async function listToShip(db: Db, defect: Defect, now: Date): Promise<PullInPlace[]> {
  const waiting = (await listPulls(db, defect.id)).filter(
    ({ shippedAt, mergedAt }) => !shippedAt && now.getTime() - mergedAt.getTime() < SHIPS_WITHIN_DAYS * DAY_MS,
  );
  if (waiting.length === 0) return [];
  const since = cameBackAt(await listEvents(db, defect.id)) ?? defect.firstSeenAt;
  return waiting.filter(({ mergedAt }) => mergedAt > since);
}

/** Since when a fix is out by what was seen of its pull requests; null where nothing was, or it stands as it was said. */
export async function findMergeWitness(
  db: Db,
  defect: Defect,
  said: Out & { isWord: boolean },
): Promise<(Out & { witness: string }) | null> {
  const shipped = await findShipped(db, defect);
  if (!shipped) return null;
  const seen = (await listReports(db, defect.id)).map(({ seenAt }) => seenAt);
  const out = witnessedFix(said, shipped, seen);
  return out && { ...out, witness: shipped.shippedIn };
}

/** A fix that is claimed already was seen to go out: its proof counts from there. For the transaction that holds the defect. */
export async function witnessClaim(tx: Db, program: Program, defect: Defect, now: Date): Promise<void> {
  const { deployedAt, reachedAllAt, claimedAt, fixedEnvironments: environments } = defect;
  if (defect.state !== 'claimed' || !deployedAt) return;
  const claim = (await listEvents(tx, defect.id)).findLast(({ kind }) => kind === 'claimed');
  const said = { deployedAt, reachedAllAt, isWord: claim?.actorId !== null };
  const out = await findMergeWitness(tx, defect, said);
  if (!out || defect.deploymentWitness === out.witness) return;
  const { witness, ...when } = out;
  const window = await sizeWindow(tx, defect, { ...when, claimedAt, witness, environments });
  await updateDefect(tx, defect.id, {
    ...when,
    deploymentWitness: witness,
    windowDays: window.days,
    windowEndsAt: window.endsAt,
  });
  await logChange(tx, defect, 'deployment_witnessed', {
    actor: THE_BOT,
    at: now,
    why: `The fix went out with ${witness} on ${dayWords(localDateOn(when.deployedAt, program.timeZone))}, so proof counts from then.`,
    data: {
      deployedAt: when.deployedAt.toISOString(),
      reachedAllAt: when.reachedAllAt?.toISOString() ?? null,
      witness,
    },
  });
}
