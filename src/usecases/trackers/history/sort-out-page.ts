import { listImportedLinks, listLinkedUrls } from '../../../db/trackers/history.ts';
import type { TrackerRow } from '../../../db/trackers/trackers.ts';
import { type Chosen, choosePast } from '../../../domain/trackers/choose-past.ts';
import type { HistoryTally, PastTicket } from '../../../domain/trackers/past-ticket.ts';
import type { Db, Program } from '../../doing.ts';

/**
 * What of a page is to be taken in: reports of people that are not here yet, neither by a link nor by an import. A report
 * has the key that an export of its tracker would give it, unless another one has that: two repositories count alike.
 */
export async function sortOutPage(
  db: Db,
  program: Program,
  { kind }: Pick<TrackerRow, 'kind'>,
  past: readonly PastTicket[],
  now: Date,
): Promise<{ fresh: Chosen[]; tally: HistoryTally }> {
  const { chosen, tally } = choosePast(kind, past, now);
  const urls = chosen.map(({ ticket }) => ticket.url);
  const linked = await listLinkedUrls(db, program.id, urls);
  const imported = await listImportedLinks(db, program.id, [...chosen.map(({ report }) => report.sourceId), ...urls]);
  const fresh = chosen.flatMap(({ ticket, report }): Chosen[] => {
    if (linked.has(ticket.url) || imported.has(ticket.url)) return [];
    const link = imported.get(report.sourceId);
    if (link === undefined) return [{ ticket, report }];
    // An export need not name the address.
    return link === null || link === ticket.url ? [] : [{ ticket, report: { ...report, sourceId: ticket.url } }];
  });
  const here = chosen.length - fresh.length;
  return { fresh, tally: here === 0 ? tally : { ...tally, leftOut: { ...tally.leftOut, here } } };
}
