import { listImported, listLinkedUrls } from '../../../db/trackers/history.ts';
import { listTrackers, type TrackerRow } from '../../../db/trackers/trackers.ts';
import { type Chosen, choosePast } from '../../../domain/trackers/choose-past.ts';
import { importOf } from '../../../domain/trackers/imported-before.ts';
import type { HistoryTally, PastTicket } from '../../../domain/trackers/past-ticket.ts';
import type { Ticket } from '../../../domain/trackers/tracker.ts';
import type { Db, Program } from '../../doing.ts';

/** A ticket whose report is here already and that nobody has linked. */
export type Known = { ticket: Ticket; defectId: number };

/**
 * What of a page is to be taken in: reports of people that are not here yet, neither by a link nor by an import. `known` are
 * those that an import has brought for sure, which are only linked. A report has the key that an export of its tracker would
 * give it, unless another one has that: two repositories count alike.
 */
export async function sortOutPage(
  db: Db,
  program: Program,
  tracker: TrackerRow,
  past: readonly PastTicket[],
  now: Date,
): Promise<{ fresh: Chosen[]; known: Known[]; tally: HistoryTally }> {
  const { chosen, tally } = choosePast(tracker.kind, past, now);
  const urls = chosen.map(({ ticket }) => ticket.url);
  const linked = await listLinkedUrls(db, program.id, urls);
  const keys = chosen.map(({ report }) => report.sourceId);
  const imported = await listImported(db, program.id, { keys, urls });
  const isKeyShared = await hasNamesake(db, program, tracker);
  const fresh: Chosen[] = [];
  const known: Known[] = [];
  for (const one of chosen.filter(({ ticket }) => !linked.has(ticket.url))) {
    const before = importOf({ ...one.ticket, reportedAt: one.report.reportedAt }, imported, { isKeyShared });
    const named = imported.find(({ key }) => key === one.report.sourceId);
    if (before) known.push({ ticket: one.ticket, defectId: before.defectId });
    else if (!named) fresh.push(one);
    // An export need not name the address, and then it may be this one.
    else if (named.link !== null) fresh.push({ ...one, report: { ...one.report, sourceId: one.ticket.url } });
  }
  const here = chosen.length - fresh.length - known.length;
  const counted = { ...tally, linked: known.length };
  return { fresh, known, tally: here === 0 ? counted : { ...counted, leftOut: { ...tally.leftOut, here } } };
}

/** Whether another connected place of the program may have tickets of the same keys. */
async function hasNamesake(db: Db, program: Program, { id, place }: TrackerRow): Promise<boolean> {
  const all = await listTrackers(db, program.id);
  return all.some((other) => other.id !== id && other.place.toLowerCase() === place.toLowerCase());
}
