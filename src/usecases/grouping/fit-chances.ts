import { listNewestTitles, listProgramsToFit, storeChanceFit } from '../../db/grouping/chances.ts';
import { findLikelyRepeats } from '../../db/grouping/matching.ts';
import { type Answer, FEWEST_ANSWERS, fitChance } from '../../domain/grouping/chance.ts';
import type { Db } from '../doing.ts';

/** The rest is fitted the next night, first. A program takes two seconds on PostgreSQL, several times that embedded. */
const MOST_PROGRAMS = 100;
const REPLAYED = 200;

/** Fits anew, wherever something happened, how likely suggestions are right. */
export async function fitChances(db: Db, now: Date): Promise<void> {
  for (const programId of await listProgramsToFit(db, { fewestReports: FEWEST_ANSWERS, limit: MOST_PROGRAMS }))
    await fitChancesOf(db, programId, now);
}

/**
 * Replays the newest reports of people: what would have been suggested first for the title of each, among what was reported
 * before it, and whether it is part of that defect now, after all merges and splits. By the title alone, which is what is
 * known while a report is typed: with its description a suggestion of the same evidence is right more often.
 */
export async function fitChancesOf(db: Db, programId: number, now: Date): Promise<void> {
  const titles = await listNewestTitles(db, programId, REPLAYED);
  if (titles.length < FEWEST_ANSWERS) return storeChanceFit(db, programId, null, now);
  const answers: Answer[] = [];
  for (const { id, defectId, title, filedAt } of titles) {
    const query = { title, now: filedAt, beforeReportId: id, limit: 1 };
    const [top] = await findLikelyRepeats(db, programId, query);
    if (top?.evidence != null) answers.push({ evidence: top.evidence, isRight: top.defectId === defectId });
  }
  await storeChanceFit(db, programId, fitChance(answers), now);
}
