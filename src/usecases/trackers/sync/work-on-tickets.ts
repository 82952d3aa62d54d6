import { trackerTroubleMessage } from '../../../blocks/trackers/tracker-trouble.ts';
import { findDefect } from '../../../db/defects/defects.ts';
import type { KeyRing } from '../../../db/engine/sealed.ts';
import { enqueuePosts } from '../../../db/messages/outbox.ts';
import { findProgram } from '../../../db/programs/programs.ts';
import {
  type ClaimedTicket,
  claimTickets,
  extendLease,
  findTicket,
  releaseTicket,
} from '../../../db/trackers/tickets.ts';
import { openTrackerToken } from '../../../db/trackers/tracker-secrets.ts';
import {
  findTrackerToOpen,
  holdTracker,
  type TrackerOfWorkspace,
  updateTracker,
} from '../../../db/trackers/trackers.ts';
import { localDateOn } from '../../../domain/time/working-time.ts';
import { afterTrouble } from '../../../domain/trackers/after-trouble.ts';
import type { OpenTracker, Tracker } from '../../../domain/trackers/tracker.ts';
import type { Db, Program } from '../../doing.ts';
import type { SlackPeople } from '../people/slack-people.ts';
import { syncTicket } from './sync-ticket.ts';

export type TicketsWorker = {
  db: Db;
  keys: KeyRing;
  open: OpenTracker;
  slack: SlackPeople;
  /** Unique to this start of this process. */
  owner: string;
  random: () => number;
};

// Held anew before each request that writes, and longer than such a request takes at its slowest.
const LEASE_MS = 15_000;
const MOST_AT_ONCE = 20;
const MOST_OF_ONE = 3;

/** Works on the tickets that are due, those of one tracker after each other. Answers how many. */
export async function workOnTickets(worker: TicketsWorker, now: () => Date): Promise<number> {
  const { db, owner } = worker;
  const claimed = await claimTickets(db, {
    ...{ now: now(), owner, leaseMs: LEASE_MS },
    ...{ limit: MOST_AT_ONCE, eachTracker: MOST_OF_ONE },
  });
  const byTracker = Map.groupBy(claimed, ({ trackerId }) => trackerId);
  await Promise.all([...byTracker].map(([trackerId, tickets]) => workOnTracker(worker, trackerId, tickets, now)));
  return claimed.length;
}

async function workOnTracker(
  worker: TicketsWorker,
  trackerId: number,
  claimed: readonly ClaimedTicket[],
  now: () => Date,
): Promise<void> {
  const opened = await openTracker(worker, trackerId);
  const waits: number[] = [];
  let rests = false;
  for (const ticket of claimed) {
    // What it asked to wait with is given back as it was.
    if (!opened || rests) await giveBack(worker, ticket, now());
    else {
      const end = await workOnTicket(worker, opened, ticket, now());
      rests = end.rests;
      if (end.waitMs !== null) waits.push(end.waitMs);
    }
  }
  // Where nothing works at all, not every ticket has to find that out for itself.
  if (waits.length === MOST_OF_ONE) await holdTracker(worker.db, trackerId, Math.min(...waits));
}

export type Opened = { row: TrackerOfWorkspace; program: Program; tracker: Tracker };

/** A tracker that is connected, with its token opened; null where it is removed. */
export async function openTracker(
  { db, keys, open }: Pick<TicketsWorker, 'db' | 'keys' | 'open'>,
  id: number,
): Promise<Opened | null> {
  const row = await findTrackerToOpen(db, id);
  const program = row && (await findProgram(db, row.workspaceId, row.programId));
  if (!program || row.sealedToken === null) return null;
  const { kind, place, site, account } = row;
  const token = openTrackerToken(keys, row.sealedToken, row);
  return { row, program, tracker: open({ kind, place, site, token, account }) };
}

/** Whether the tracker asked for a rest, and how long the ticket waits where nothing of it could be done now. */
async function workOnTicket(
  worker: TicketsWorker,
  { row, program, tracker }: Opened,
  claimed: ClaimedTicket,
  now: Date,
): Promise<{ rests: boolean; waitMs: number | null }> {
  const { db, slack, owner, random } = worker;
  let writes = 0;
  const hold = () => {
    writes += 1;
    return extendLease(db, claimed, owner, LEASE_MS);
  };
  const end = await syncTicket({ db, program, tracker, row, slack, now, hold }, claimed.id);
  if (end.kind === 'done') {
    await releaseTicket(db, claimed, owner, { nextAt: null, attempts: 0, trouble: null });
    if (row.trouble !== null) await updateTracker(db, row.id, { trouble: null });
    return { rests: false, waitMs: null };
  }
  // Whoever came as far as to a second write has done the first.
  const isFurther = writes > 1;
  const before = isFurther ? 0 : ((await findTicket(db, claimed.id))?.attempts ?? 0);
  const { attempts, waitMs, holdMs, words } = afterTrouble(end.trouble, before, random());
  if (holdMs !== null) await holdTracker(db, row.id, holdMs);
  if (words !== null) await tellLead(db, program, row, claimed, words, now);
  const nextAt = new Date(now.getTime() + waitMs);
  await releaseTicket(db, claimed, owner, { nextAt, attempts, trouble: words });
  const isStuck = holdMs === null && words === null && !isFurther;
  return { rests: holdMs !== null, waitMs: isStuck ? waitMs : null };
}

async function giveBack({ db, owner }: TicketsWorker, claimed: ClaimedTicket, now: Date): Promise<void> {
  const ticket = await findTicket(db, claimed.id);
  if (ticket)
    await releaseTicket(db, claimed, owner, { nextAt: now, attempts: ticket.attempts, trouble: ticket.trouble });
}

/** What cannot be read or written without a person, once a day for a ticket and a reason. */
async function tellLead(
  db: Db,
  program: Program,
  tracker: TrackerOfWorkspace,
  { id }: ClaimedTicket,
  words: string,
  now: Date,
): Promise<void> {
  const ticket = await findTicket(db, id);
  const defect = ticket && (await findDefect(db, program.id, ticket.defectId));
  if (!ticket || !defect) return;
  const { key, url } = ticket;
  await db.transaction(async (tx) => {
    await enqueuePosts(
      tx,
      {
        workspaceId: program.workspaceId,
        programId: program.id,
        dedupeKey: `ticket-trouble:${id}:${localDateOn(now, program.timeZone)}:${words}`,
        body: trackerTroubleMessage({
          number: defect.number,
          title: defect.title,
          place: tracker.place,
          key,
          url,
          words,
        }),
        runAt: now,
      },
      program.leadIds,
    );
  });
}
