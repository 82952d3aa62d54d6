import type { OfferedRepeat } from '../../blocks/reports/report-modal.ts';
import type { Defect } from '../../db/defects/defects.ts';
import type { Db } from '../../db/engine/client.ts';
import { findLikelyRepeats, type LikelyRepeat, type RepeatQuery } from '../../db/grouping/matching.ts';
import type { Program } from '../../db/programs/programs.ts';
import { chanceWord } from '../../domain/grouping/chance.ts';
import { PLACES } from '../../domain/grouping/kept-place.ts';
import { hasReason, isLikely } from '../../domain/grouping/score.ts';
import { daysBetween } from '../defects/describe-defect.ts';

/** Too little to compare by. */
const SHORTEST_TITLE = 4;
/** Some of these share one word only. */
const LOOKED_AT = 12;

/** The defects worth offering for a title that is being typed; most often none. */
export async function offerRepeats(db: Db, program: Program, query: RepeatQuery, now: Date): Promise<OfferedRepeat[]> {
  if (query.title.trim().length < SHORTEST_TITLE) return [];
  const found = await findLikelyRepeats(db, program.id, { ...query, limit: PLACES, now });
  return found.filter(isLikely).map((repeat) => offered(repeat, program, now));
}

/** Everything that shares words with a text, for `/defect search` and the pickers. */
export async function searchDefects(
  db: Db,
  program: Program,
  words: string,
  limit: number,
  now: Date,
): Promise<OfferedRepeat[]> {
  const found = await findLikelyRepeats(db, program.id, { title: words, limit, now });
  return found.map((repeat) => offered(repeat, program, now));
}

/** The defects that look most like this one, for its merge; what people have told apart stays apart. */
export async function suggestTargets(
  db: Db,
  program: Program,
  { id, title, areaId }: Pick<Defect, 'id' | 'title' | 'areaId'>,
  now: Date,
): Promise<OfferedRepeat[]> {
  const found = await findLikelyRepeats(db, program.id, { title, areaId, excludeDefectId: id, limit: LOOKED_AT });
  return found
    .filter(hasReason)
    .slice(0, PLACES)
    .map((repeat) => offered(repeat, program, now));
}

function offered(
  { number, title, reportCount, lastSeenAt, words, chance }: LikelyRepeat,
  program: Program,
  now: Date,
): OfferedRepeat {
  const daysAgo = daysBetween(lastSeenAt, now, program.timeZone);
  return { number, title, reportCount, words, daysAgo, chance: chance === null ? null : chanceWord(chance) };
}
