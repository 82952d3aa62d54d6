import { builtInMappings } from '../import/built-in-mappings.ts';
import { importRow } from '../import/import-row.ts';
import type { ImportedReport } from '../import/imported-report.ts';
import { chooseTypes, typeInLabels } from '../import/issue-types.ts';
import { readResolution } from '../import/read-resolution.ts';
import { MINUTE_MS } from '../time/durations.ts';
import { type HistoryTally, NOTHING_YET, type PastTicket } from './past-ticket.ts';
import type { TicketStatus } from './ticket-status.ts';
import type { Ticket, TrackerKind } from './tracker.ts';

/** A ticket that is to be taken in, and the report that it is read as. */
export type Chosen = { ticket: Ticket; report: ImportedReport };

// How far the clock of a tracker may be ahead of ours.
const CLOCKS_DIFFER_MS = 5 * MINUTE_MS;

/** The tickets that are reports of people, read as rows of an export are; of the others how many there were, and why not. */
export function choosePast(
  kind: TrackerKind,
  past: readonly PastTicket[],
  now: Date,
): { chosen: Chosen[]; tally: HistoryTally } {
  const leftOut: HistoryTally['leftOut'] = {};
  const unreadable: { key: string; reason: string }[] = [];
  const read = new Map<string, Chosen>();
  for (const one of past) {
    const why = one.isPullRequest ? 'pull_request' : one.madeBy === 'us' ? 'ours' : one.madeBy;
    if (why) {
      leftOut[why] = (leftOut[why] ?? 0) + 1;
      continue;
    }
    const row = readPast(kind, one, now);
    if ('ok' in row) read.set(one.ticket.externalId, { ticket: one.ticket, report: row.ok });
    else unreadable.push({ key: one.ticket.key, reason: row.bad });
  }
  const all = [...read.values()];
  const types = chooseTypes(all.map(({ report }) => report));
  const wanted = new Set(types.reports);
  const chosen = all.filter(({ report }) => wanted.has(report));
  if (unreadable.length > 0) leftOut.unreadable = unreadable.length;
  return { chosen, tally: { ...NOTHING_YET, leftOut, kinds: Object.fromEntries(types.leftOut), unreadable } };
}

function readPast(
  kind: TrackerKind,
  { ticket, record }: PastTicket,
  now: Date,
): { ok: ImportedReport } | { bad: string } {
  const upTo = new Date(now.getTime() + CLOCKS_DIFFER_MS);
  const row = importRow({ line: 1, record }, { mapping: builtInMappings[kind], now: upTo });
  if ('bad' in row) return { bad: row.bad.reason };
  const { resolvedAt, resolution, ...report } = row.ok;
  const issueType = report.issueType ?? typeInLabels(ticket.labels);
  const open = { ...report, link: ticket.url, ...(issueType === undefined ? {} : { issueType }) };
  // The tracker itself knows best whether it is closed.
  if (ticket.status === 'open') return { ok: open };
  const at = resolvedAt ?? (ticket.statusAt < report.reportedAt ? report.reportedAt : ticket.statusAt);
  const words = resolutionWords(ticket.status, resolution);
  return { ok: { ...open, resolvedAt: at, ...(words === undefined ? {} : { resolution: words }) } };
}

/** The tracker's own word where it says something, and else what its state means. */
function resolutionWords(status: Exclude<TicketStatus, 'open'>, said: string | undefined): string | undefined {
  const means = readResolution(said);
  if (status === 'done' || (means !== undefined && means !== 'fixed')) return said;
  return status === 'duplicate' ? 'duplicate' : 'not planned';
}
