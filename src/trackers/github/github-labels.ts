import type { LabelChange, TrackerAnswer } from '../../domain/trackers/tracker.ts';
import type { AskTracker } from '../ask-tracker.ts';

/** Each by itself, so that no label is lost that somebody adds meanwhile. One that the repository lacks is made by that. */
export async function changeLabels(
  ask: AskTracker,
  issuePath: string,
  { add, remove }: LabelChange,
): Promise<TrackerAnswer<null>> {
  if (add.length > 0) {
    const added = await ask({ method: 'POST', path: `${issuePath}/labels`, body: { labels: add } });
    if ('trouble' in added) return added;
  }
  for (const label of remove) {
    const gone = await ask({ method: 'DELETE', path: `${issuePath}/labels/${encodeURIComponent(label)}` });
    // Whoever has taken it away before wants it so.
    if ('trouble' in gone && gone.trouble.kind !== 'missing') return gone;
  }
  return { ok: null };
}
