import type { HistoryPreview } from '../../../blocks/trackers/history-modals.ts';
import type { KeyRing } from '../../../db/engine/sealed.ts';
import { Refusal } from '../../../domain/errors/refusal.ts';
import type { OpenTracker } from '../../../domain/trackers/tracker.ts';
import type { Db, Program } from '../../doing.ts';
import { troubleWords } from '../connect/try-tracker.ts';
import { openTracker } from '../sync/work-on-tickets.ts';
import { sortOutPage } from './sort-out-page.ts';
import { refuseWhileUnderWay } from './want-history.ts';

/**
 * Reads the first page of a tracker's history, and says what of it would be taken in, or in words what is wrong. Nothing is
 * written anywhere.
 */
export async function lookAtHistory(
  deps: { db: Db; keys: KeyRing; open: OpenTracker },
  program: Program,
  id: number,
  now: Date,
): Promise<HistoryPreview | string> {
  const opened = await openTracker(deps, id);
  if (!opened || opened.program.id !== program.id) throw new Refusal('This tracker is no longer connected.');
  const { row, tracker } = opened;
  refuseWhileUnderWay(row);
  const page = await tracker.listHistory(null);
  if ('trouble' in page) return troubleWords(page.trouble, row);
  const { past, next } = page.ok;
  const { fresh, tally } = await sortOutPage(deps.db, program, row, past, now);
  const kinds: Record<string, number> = {};
  for (const { report } of fresh) {
    const kind = report.issueType ?? '';
    kinds[kind] = (kinds[kind] ?? 0) + 1;
  }
  const closed = fresh.filter(({ ticket }) => ticket.status !== 'open').length;
  return {
    place: row.place,
    read: past.length,
    isAll: next === null,
    open: fresh.length - closed,
    closed,
    kinds,
    tally,
  };
}
