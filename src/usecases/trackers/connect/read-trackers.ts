import type { CodeFacts } from '../../../blocks/fixes/code-settings.ts';
import type { TrackerFacts } from '../../../blocks/trackers/tracker-modals.ts';
import { countLinks } from '../../../db/trackers/tickets.ts';
import { findTracker, listTrackers, type TrackerRow } from '../../../db/trackers/trackers.ts';
import { Refusal } from '../../../domain/errors/refusal.ts';
import { CODE_KINDS } from '../../../domain/fixes/code-host.ts';
import { counted } from '../../../domain/text/counted.ts';
import type { Db, Program } from '../../doing.ts';

/** Every tracker of a program, for those who may change settings. */
export async function readTrackers(db: Db, program: Program): Promise<TrackerFacts[]> {
  const facts: TrackerFacts[] = [];
  for (const tracker of await listTrackers(db, program.id)) facts.push(await describe(db, tracker));
  return facts;
}

export async function readTracker(db: Db, program: Program, id: number): Promise<TrackerFacts> {
  const tracker = await findTracker(db, program.id, id);
  if (!tracker) throw new Refusal('This tracker is no longer connected.');
  return describe(db, tracker);
}

async function describe(db: Db, tracker: TrackerRow): Promise<TrackerFacts> {
  const { id, kind, place, webUrl, creation, reopening, reopenDays, labels, trouble } = tracker;
  const account = tracker.accountName ?? tracker.account;
  const links = await countLinks(db, id);
  return {
    id,
    kind,
    place,
    webUrl,
    account,
    creation,
    reopening,
    reopenDays,
    labels,
    trouble,
    history: historyOf(tracker),
    code: codeOf(tracker),
    ...links,
  };
}

function historyOf({ historyDueAt, historyTally }: TrackerRow): string {
  if (!historyTally) return '';
  const taken = counted(historyTally.opened + historyTally.joined, 'issue');
  return historyDueAt ? ` It is being taken in: ${taken} so far.` : ` ${taken} came that way.`;
}

function codeOf({ kind, claimsShipped, agents, codeTrouble }: TrackerRow): CodeFacts | null {
  return CODE_KINDS.includes(kind) ? { claimsShipped, agents, trouble: codeTrouble } : null;
}
