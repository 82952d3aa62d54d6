import type { TrackerAnswer, TrackerTrouble } from '../../../domain/trackers/tracker.ts';

/** Work on a ticket ends here for now: its tracker, or Slack, did not do something. */
export class Stopped extends Error {
  readonly trouble: TrackerTrouble;
  constructor(trouble: TrackerTrouble) {
    super(trouble.kind);
    this.trouble = trouble;
  }
}

export async function must<T>(answer: Promise<TrackerAnswer<T>>): Promise<T> {
  const given = await answer;
  if ('trouble' in given) throw new Stopped(given.trouble);
  return given.ok;
}

/** What is sent by whoever no longer holds the ticket could be sent twice. */
export async function mustHold({ hold }: { hold: () => Promise<boolean> }): Promise<void> {
  if (!(await hold())) throw new Stopped({ kind: 'later' });
}
