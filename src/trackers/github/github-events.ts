import { z } from 'zod';
import type { TrackerAnswer } from '../../domain/trackers/tracker.ts';
import type { AskTracker } from '../ask-tracker.ts';
import { readingAll } from '../reading.ts';

const PAGE = 100;
const MOST_PAGES = 10;

const account = z.object({ login: z.string() }).nullish();
const event = z.object({
  event: z.string(),
  created_at: z.iso.datetime({ offset: true }),
  actor: account,
  assigner: account,
});
export type IssueEvent = z.infer<typeof event>;

/** The last event of these kinds in the life of an issue, which the issue itself does not tell; null where none was. */
export async function lastEvent(
  ask: AskTracker,
  issuePath: string,
  kinds: readonly string[],
): Promise<TrackerAnswer<IssueEvent | null>> {
  let last: IssueEvent | null = null;
  for (let page = 1; page <= MOST_PAGES; page += 1) {
    const path = `${issuePath}/events?per_page=${PAGE}&page=${page}`;
    const found = readingAll(await ask({ method: 'GET', path }), event);
    if ('trouble' in found) return found;
    last = found.ok.findLast((given) => kinds.includes(given.event)) ?? last;
    if (found.ok.length < PAGE) break;
  }
  return { ok: last };
}
