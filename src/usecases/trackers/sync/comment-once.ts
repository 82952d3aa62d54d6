import type { Tracker, TrackerAnswer } from '../../../domain/trackers/tracker.ts';

type Comment = { text: string; marker: string };
type Place = {
  tracker: Tracker;
  externalId: string;
  /** When a comment was sent here and no answer came. */
  triedAt: Date | null;
  /** Stores that one is about to be sent. */
  begin: () => Promise<unknown>;
  /** False where another may be at work here by now. */
  hold: () => Promise<boolean>;
};

// The tracker's clock and ours may differ by this much.
const CLOCKS_DIFFER_MS = 5 * 60_000;

/**
 * Where the answer to an earlier try was lost, the comment is looked for before it is written. Whoever calls it stores in one
 * statement that nothing is under way any more and what that comment told.
 */
export async function commentOnce(
  { tracker, externalId, triedAt, begin, hold }: Place,
  comment: Comment,
): Promise<TrackerAnswer<string>> {
  if (triedAt) {
    const found = await tracker.findComment(externalId, comment.marker, longBefore(triedAt));
    if ('trouble' in found) return found;
    if (found.ok !== null) return { ok: found.ok };
  } else await begin();
  // What is sent by whoever no longer holds it could be sent twice.
  if (!(await hold())) return { trouble: { kind: 'later' } };
  return tracker.comment(externalId, comment);
}

/** Since when to look for what was sent at an instant, by the tracker's clock. */
export function longBefore(sentAt: Date): Date {
  return new Date(sentAt.getTime() - CLOCKS_DIFFER_MS);
}
