import { claimCodePolls, isPlaceShared, listNamedTickets } from '../../db/fixes/pull-requests.ts';
import { holdTracker, updateTracker } from '../../db/trackers/trackers.ts';
import type { CodeHost } from '../../domain/fixes/code-host.ts';
import { defectsOfPull } from '../../domain/fixes/defects-of-pull.ts';
import { SHIPS_WITHIN_DAYS } from '../../domain/fixes/first-shipment.ts';
import { DAY_MS, MINUTE_MS } from '../../domain/time/durations.ts';
import type { TrackerTrouble } from '../../domain/trackers/tracker.ts';
import type { Program } from '../doing.ts';
import { POLL_EVERY_MS } from '../trackers/sync/look-for-changes.ts';
import { openTracker, type TicketsWorker } from '../trackers/sync/work-on-tickets.ts';
import { lookForShipments } from './look-for-shipments.ts';
import { takeMerge } from './take-merge.ts';

type Looking = Pick<TicketsWorker, 'db' | 'keys' | 'open'>;
export type CodeOfTracker = { code: CodeHost; program: Program; row: Opened['row'] };
type Opened = NonNullable<Awaited<ReturnType<typeof openTracker>>>;

const OVERLAP_MS = MINUTE_MS;

/**
 * Asks where code is held what was merged and what went out since, of the trackers that are due. What a webhook tells only
 * makes one due, so neither its order nor its loss matters; looked at again, nothing is taken twice.
 */
export async function lookAtCode(looking: Looking, now: Date): Promise<void> {
  const nextAt = new Date(now.getTime() + POLL_EVERY_MS);
  for (const id of await claimCodePolls(looking.db, { now, nextAt })) {
    const opened = await openTracker(looking, id);
    const code = opened?.tracker.code;
    if (!opened || !code) continue;
    const { row, program } = opened;
    const trouble = await lookAt(looking, { code, row, program }, now);
    await remember(looking, row, trouble);
  }
}

/** Null where all was read. */
async function lookAt({ db }: Looking, of: CodeOfTracker, now: Date): Promise<TrackerTrouble | null> {
  const { code, row, program } = of;
  const seenUpTo = row.codeSeenUpTo ?? row.createdAt;
  const merged = await code.listMerged(new Date(seenUpTo.getTime() - OVERLAP_MS));
  if ('trouble' in merged) return merged.trouble;
  const readsKeys = !(await isPlaceShared(db, row));
  const tickets = await listNamedTickets(db, program.id);
  for (const pull of merged.ok) {
    const found = defectsOfPull(pull, { place: row.place, tickets, readsKeys });
    if (found.length === 0) continue;
    const coAuthors = await code.listCoAuthors(pull.number);
    if ('trouble' in coAuthors) return coAuthors.trouble;
    await takeMerge(db, program, { tracker: row, pull, coAuthors: coAuthors.ok, found }, now);
  }
  const last = merged.ok.reduce((upTo, { changedAt }) => (changedAt > upTo ? changedAt : upTo), seenUpTo);
  await updateTracker(db, row.id, { codeSeenUpTo: last });
  return lookForShipments(db, of, { since: new Date(now.getTime() - SHIPS_WITHIN_DAYS * DAY_MS), now });
}

async function remember({ db }: Looking, row: Opened['row'], trouble: TrackerTrouble | null): Promise<void> {
  if (trouble?.kind === 'limited') await holdTracker(db, row.id, trouble.afterMs ?? MINUTE_MS);
  const codeTrouble =
    trouble === null || trouble.kind === 'refused' || trouble.kind === 'missing'
      ? trouble &&
        `I cannot read what is merged in ${row.place}. The token or app needs read access to its pull requests and contents.`
      : row.codeTrouble;
  if (codeTrouble !== row.codeTrouble) await updateTracker(db, row.id, { codeTrouble });
}
