import { listDefects } from '../../db/defects/defects.ts';
import { listEvents } from '../../db/defects/events.ts';
import { listFixOutcomes, type StoredOutcome } from '../../db/digest/digest-facts.ts';
import { findReleasesAt } from '../../db/signals/releases.ts';
import { isComeback } from '../../domain/defects/lifecycle.ts';
import { type DigestWindow, type FixOutcome, OUTCOMES_SHOWN } from '../../domain/digest/digest.ts';
import { comebackSentence } from '../../domain/proof/comeback-sentence.ts';
import { deploymentMoment } from '../defects/releases-of-defect.ts';
import type { Db, Program } from '../doing.ts';
import { proofAsOf } from '../proof/proof-as-of.ts';

/** What became of fixes in a week, in its numbers at the end of the week, and what each went out or came back in. */
export async function gatherOutcomes(db: Db, program: Program, week: DigestWindow): Promise<FixOutcome[]> {
  const outcomes = await listFixOutcomes(db, program.id, week);
  const moments = outcomes.map(({ kind, wentOut, back }) => (kind === 'regressed' ? back : deploymentMoment(wentOut)));
  const releases = await findReleasesAt(db, program.id, moments);
  const told = await countAnew(db, program, outcomes, week.upTo);
  return outcomes.map(({ eventId, kind, number, title, why }, i) => ({
    kind,
    number,
    title,
    why: told.get(eventId) ?? why,
    release: releases[i] ?? null,
  }));
}

/** Why the fixes that a digest names came back, counted up to an instant, or to the next claim. */
async function countAnew(
  db: Db,
  program: Program,
  outcomes: readonly StoredOutcome[],
  upTo: Date,
): Promise<Map<number, string>> {
  const named = [...Map.groupBy(outcomes, ({ kind }) => kind).values()].flatMap((all) => all.slice(0, OUTCOMES_SHOWN));
  const ids = named.map(({ defectId }) => defectId);
  const defects = new Map((await listDefects(db, program.id, ids)).map((defect) => [defect.id, defect]));
  const told = new Map<number, string>();
  for (const { eventId, defectId, kind } of named) {
    const defect = defects.get(defectId);
    if (!defect || !isComeback(kind)) continue;
    const next = (await listEvents(db, defectId)).find((event) => event.kind === 'claimed' && event.id > eventId);
    const at = next && next.at <= upTo ? new Date(next.at.getTime() - 1) : upTo;
    const words = comebackSentence(kind, await proofAsOf(db, program, defect, at));
    if (words) told.set(eventId, words);
  }
  return told;
}
