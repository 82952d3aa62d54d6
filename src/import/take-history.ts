import { historyMessage, historyTroubleMessage } from '../blocks/trackers/history-messages.ts';
import type { Db } from '../db/engine/client.ts';
import { enqueuePosts } from '../db/messages/outbox.ts';
import type { Program } from '../db/programs/programs.ts';
import { claimHistories } from '../db/trackers/history.ts';
import { holdTracker, lockTracker, type TrackerRow, updateTracker } from '../db/trackers/trackers.ts';
import { planHistory } from '../domain/import/plan-history.ts';
import { MINUTE_MS } from '../domain/time/durations.ts';
import type { Chosen } from '../domain/trackers/choose-past.ts';
import { addTallies, type HistoryPage, type HistoryTally, NOTHING_YET } from '../domain/trackers/past-ticket.ts';
import type { TrackerTrouble } from '../domain/trackers/tracker.ts';
import { refreshRanks } from '../usecases/defects/refresh-ranks.ts';
import { troubleWords } from '../usecases/trackers/connect/try-tracker.ts';
import { linkPast } from '../usecases/trackers/history/link-past.ts';
import { type Owners, ownersOfPage } from '../usecases/trackers/history/owners-of-page.ts';
import { type Known, sortOutPage } from '../usecases/trackers/history/sort-out-page.ts';
import { must, Stopped } from '../usecases/trackers/sync/stopped.ts';
import { type Opened, openTracker, type TicketsWorker } from '../usecases/trackers/sync/work-on-tickets.ts';
import { importHappenings } from './import-history.ts';
import { startImportRun } from './import-program.ts';
import { judgeUpTo } from './judge-imported.ts';

type HistoryWorker = Pick<TicketsWorker, 'db' | 'keys' | 'open' | 'slack'>;

// Longer than a page takes to be read and taken in: whoever began with it and died is taken for dead then.
const LEASE_MS = 2 * MINUTE_MS;
const ASK_AGAIN_MS = 30_000;

/** Takes in the next page of each history that a lead has asked for and whose tracker may be asked now. Answers how many. */
export async function takeHistory(worker: HistoryWorker, now: () => Date): Promise<number> {
  const at = now();
  const ids = await claimHistories(worker.db, { now: at, nextAt: later(at, LEASE_MS) });
  const failures: unknown[] = [];
  for (const id of ids) {
    const opened = await openTracker(worker, id);
    if (!opened) continue;
    try {
      await takePage(worker, opened, at);
    } catch (error) {
      failures.push(error);
      await tellFailure(worker.db, opened, at);
    }
  }
  // One that fails keeps no other one waiting, and is read again when its lease is over.
  if (failures.length > 0) throw failures[0];
  return ids.length;
}

async function takePage(worker: HistoryWorker, opened: Opened, now: Date): Promise<void> {
  const { db } = worker;
  const { row, program, tracker } = opened;
  try {
    const page = await must(tracker.listHistory(row.historyFrom));
    const { fresh } = await sortOutPage(db, program, row, page.past, now);
    const owners = await ownersOfPage(worker, opened, fresh, now);
    await db.transaction((tx) => takeIn(tx, { row, program }, page, owners, now));
  } catch (error) {
    if (!(error instanceof Stopped)) throw error;
    await rest(db, { row, program }, error.trouble, now);
  }
}

type Place = { row: TrackerRow; program: Program };

/** Everything that comes of a page and where the next one begins are written at once, so that it comes once. */
async function takeIn(tx: Db, { row, program }: Place, page: HistoryPage, owners: Owners, now: Date): Promise<void> {
  const held = await lockTracker(tx, program.id, row.id);
  if (!held || !isStillAt(held, row)) return;
  const { fresh, known, tally } = await sortOutPage(tx, program, held, page.past, now);
  const taken = await takeFresh(tx, { row: held, program }, fresh, owners, now);
  await linkKnown(tx, { row: held, program }, known, now);
  const historyTally = addTallies(held.historyTally ?? NOTHING_YET, { ...tally, ...taken });
  // Where a tracker names the same place again there is nothing behind it.
  const next = page.next === held.historyFrom ? null : page.next;
  if (next === null) await end(tx, { row: held, program }, historyTally, null, now);
  else await updateTracker(tx, row.id, { historyTally, historyFrom: next, historyDueAt: now });
  if (next === null) await refreshRanks(tx, now, { programId: program.id });
}

/** Another process may have taken the page in meanwhile, and a lead may have begun anew. */
function isStillAt(held: TrackerRow, read: TrackerRow): boolean {
  const isSameRun = held.historyAt?.getTime() === read.historyAt?.getTime();
  return held.historyDueAt !== null && held.historyFrom === read.historyFrom && isSameRun;
}

/** As rows of a file are imported, and each linked to its defect. */
async function takeFresh(
  tx: Db,
  { row, program }: Place,
  fresh: readonly Chosen[],
  owners: Owners,
  now: Date,
): Promise<Pick<HistoryTally, 'opened' | 'joined' | 'became'>> {
  const run = {
    ...(await startImportRun(tx, program)),
    personOf: ({ link }: Chosen['report']) => owners.get(link ?? ''),
  };
  const { happenings } = planHistory(fresh.map(({ report }) => report));
  const { opened, joined, claimed, risk_accepted, dismissed, merged } = await importHappenings(tx, run, happenings);
  await judgeUpTo(tx, run.program, run.judgements, now);
  for (const { ticket, report } of fresh) {
    const known = run.rows.get(report.sourceId);
    if (known) await linkPast(tx, run.program, row, { defectId: known.defectId, ticket }, now);
  }
  return { opened, joined, became: { claimed, risk_accepted, dismissed, merged } };
}

/** What a file has brought gets its ticket. Held in one order, as everybody else who holds several does. */
async function linkKnown(tx: Db, { row, program }: Place, known: readonly Known[], now: Date): Promise<void> {
  for (const { ticket, defectId } of known.toSorted((a, b) => a.defectId - b.defectId)) {
    await linkPast(tx, program, row, { defectId, ticket, why: `It was imported from ${ticket.key}.` }, now);
  }
}

async function rest(db: Db, { row, program }: Place, trouble: TrackerTrouble, now: Date): Promise<void> {
  if (trouble.kind === 'limited') await holdTracker(db, row.id, trouble.afterMs ?? MINUTE_MS);
  await db.transaction(async (tx) => {
    const held = await lockTracker(tx, program.id, row.id);
    if (!held || !isStillAt(held, row)) return;
    if (trouble.kind === 'refused' || trouble.kind === 'missing') {
      const tally = held.historyTally ?? NOTHING_YET;
      await end(tx, { row: held, program }, tally, troubleWords(trouble, row), now);
      return;
    }
    const afterMs = trouble.kind === 'later' ? (trouble.afterMs ?? ASK_AGAIN_MS) : ASK_AGAIN_MS;
    await updateTracker(tx, row.id, { historyDueAt: later(now, afterMs) });
  });
}

/** What nobody foresaw is told once to the lead who wanted the history; how it failed is in the log. */
async function tellFailure(db: Db, { row, program }: Place, now: Date): Promise<void> {
  const { place, webUrl } = row;
  const post = { ...postOf({ row, program }, now, 'trouble'), body: historyTroubleMessage({ place, webUrl }) };
  await db.transaction((tx) => enqueuePosts(tx, post, [row.historyBy ?? row.createdBy]));
}

/** The lead who wanted it is told once. */
async function end(
  tx: Db,
  { row, program }: Place,
  historyTally: HistoryTally,
  stopped: string | null,
  now: Date,
): Promise<void> {
  await updateTracker(tx, row.id, { historyTally, historyFrom: null, historyDueAt: null });
  const { place, webUrl } = row;
  const body = historyMessage({ place, webUrl, tally: historyTally, stopped });
  const post = { ...postOf({ row, program }, now, 'end'), body };
  await enqueuePosts(tx, post, [row.historyBy ?? row.createdBy]);
}

/** Once for each time that a history is wanted. */
function postOf({ row, program }: Place, now: Date, what: 'end' | 'trouble') {
  return {
    ...{ workspaceId: program.workspaceId, programId: program.id, runAt: now },
    dedupeKey: `history${what === 'end' ? '' : `-${what}`}:${row.id}:${row.historyAt?.toISOString() ?? ''}`,
  };
}

function later(at: Date, ms: number): Date {
  return new Date(at.getTime() + ms);
}
