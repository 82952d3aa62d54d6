import { findDefect } from '../../db/defects/defects.ts';
import { listEvents } from '../../db/defects/events.ts';
import { findPull, type PullRow, updatePull } from '../../db/fixes/pull-requests.ts';
import { claimPullsToTell, extendTelling, type PullToTell, releaseTelling } from '../../db/fixes/pulls-to-tell.ts';
import { holdTracker, updateTracker } from '../../db/trackers/trackers.ts';
import { isVerdict, isVerdictOn } from '../../domain/fixes/current-fix.ts';
import { afterTrouble } from '../../domain/trackers/after-trouble.ts';
import type { TrackerTrouble } from '../../domain/trackers/tracker.ts';
import { commentOnce } from '../trackers/sync/comment-once.ts';
import { type Opened, openTracker, type TicketsWorker } from '../trackers/sync/work-on-tickets.ts';
import { verdictText } from '../trackers/ticket-words.ts';

// Held anew before each comment, and longer than one takes at its slowest.
const LEASE_MS = 15_000;
const MOST_AT_ONCE = 10;

/** Tells pull requests what the data said of the fix that they are part of, each verdict once. Answers how many were at work. */
export async function tellPulls(worker: TicketsWorker, now: () => Date): Promise<number> {
  const { db, owner } = worker;
  const claimed = await claimPullsToTell(db, { now: now(), owner, leaseMs: LEASE_MS, limit: MOST_AT_ONCE });
  for (const one of claimed) await tellPull(worker, one, now());
  return claimed.length;
}

async function tellPull(worker: TicketsWorker, claimed: PullToTell, now: Date): Promise<void> {
  const { id, trackerId } = claimed;
  const { db, owner, random } = worker;
  const opened = await openTracker(worker, trackerId);
  const pull = await findPull(db, id);
  if (!opened || !pull) return;
  const trouble = await tellVerdicts(worker, opened, pull, now);
  if (!trouble) return releaseTelling(db, claimed, owner, { attempts: 0, nextAt: null });
  const { attempts, waitMs, holdMs, words } = afterTrouble(trouble, pull.attempts, random());
  if (holdMs !== null) await holdTracker(db, trackerId, holdMs);
  if (words !== null) {
    const codeTrouble = `I cannot comment on pull requests in ${opened.row.place}. ${words}`;
    await updateTracker(db, trackerId, { codeTrouble });
  }
  await releaseTelling(db, claimed, owner, { attempts, nextAt: new Date(now.getTime() + waitMs) });
}

async function tellVerdicts(
  worker: TicketsWorker,
  { tracker, program }: Opened,
  pull: PullRow,
  now: Date,
): Promise<TrackerTrouble | null> {
  const { db, owner } = worker;
  const { abilities } = tracker;
  const defect = await findDefect(db, program.id, pull.defectId);
  const events = defect ? await listEvents(db, defect.id) : [];
  const news = events.filter(({ id }) => id > pull.toldEventId);
  for (const event of news) {
    if (!defect || !isVerdict(event.kind) || !isVerdictOn(pull.mergedAt, event, events)) continue;
    const text = abilities.write(verdictText(defect.number, event.kind, event.why), abilities.textLimit);
    const triedAt = (await findPull(db, pull.id))?.triedAt ?? null;
    const begin = () => updatePull(db, pull.id, { triedAt: now });
    const hold = () => extendTelling(db, pull.id, owner, LEASE_MS);
    const place = { tracker, externalId: String(pull.number), triedAt, begin, hold };
    const told = await commentOnce(place, { text, marker: `${pull.marker}-${event.id}` });
    if ('trouble' in told) return told.trouble;
    // At once, or whoever goes on after a crash in between would tell it again.
    await updatePull(db, pull.id, { toldEventId: event.id, triedAt: null });
  }
  const last = events.at(-1);
  if (last) await updatePull(db, pull.id, { toldEventId: last.id });
  return null;
}
