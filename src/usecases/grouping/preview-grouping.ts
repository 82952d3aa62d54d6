import { type Mrkdwn, mrkdwn } from '../../blocks/kit/mrkdwn.ts';
import { counted } from '../../blocks/kit/words.ts';
import { countAhead, type DefectInArea } from '../../db/defects/defects.ts';
import type { Db } from '../../db/engine/client.ts';
import type { Program } from '../../db/programs/programs.ts';
import { listReportsOldestFirst, type Report } from '../../db/reports/reports.ts';
import { isOpen, stateWords } from '../../domain/defects/lifecycle.ts';
import { heatLevel, type Ranked } from '../../domain/defects/rank.ts';
import { quietHalvings, silenceAfter } from '../../domain/defects/silence.ts';
import { Refusal } from '../../domain/errors/refusal.ts';
import { defectKey } from '../../domain/vocabulary.ts';
import { findOrRefuse } from '../defects/show-defect.ts';

/** A new defect has the highest number of all, so that it loses every tie. */
const HIGHEST_NUMBER = 2 ** 31 - 1;

/** What a merge would do: "It would move 7 reports. D-17 would have 19 and rank 2." Reads only. */
export async function previewMerge(db: Db, program: Program, from: number, into: number, now: Date): Promise<Mrkdwn> {
  const source = await findOrRefuse(db, program, from);
  const target = await findOrRefuse(db, program, into);
  if (from === into) throw new Refusal(`${defectKey(from)} cannot be merged into itself.`, 'into');
  if (target.state === 'merged') {
    throw new Refusal(`${defectKey(into)} is itself merged into another defect. Merge into that one.`, 'into');
  }
  const reports = await Promise.all([source, target].map(({ id }) => listReportsOldestFirst(db, id)));
  const together = reports.flat().sort((a, b) => a.seenAt.getTime() - b.seenAt.getTime());
  const merged = { ...target, ...rankOf(together, program, now) };
  const place = isOpen(target.state)
    ? mrkdwn` and rank ${await placeAmongOthers(db, program, merged, [source, target])}`
    : mrkdwn`; it is ${stateWords(target.state)} and stays so`;
  const moves = counted(source.reportCount, 'report');
  return mrkdwn`It would move ${moves}. ${defectKey(into)} would have ${source.reportCount + target.reportCount}${place}.`;
}

/** What a split would do: "It would move 3 of 10 reports. The new defect would rank 5, D-42 would keep 7 and rank 3." */
export async function previewSplit(
  db: Db,
  program: Program,
  number: number,
  reportIds: readonly number[],
  now: Date,
): Promise<Mrkdwn> {
  const source = await findOrRefuse(db, program, number);
  const reports = await listReportsOldestFirst(db, source.id);
  const moving = reports.filter(({ id }) => reportIds.includes(id));
  const staying = reports.filter(({ id }) => !reportIds.includes(id));
  if (moving.length === 0) return mrkdwn`Pick the reports that belong to the new defect.`;
  if (staying.length === 0) return mrkdwn`Leave at least one report where it is.`;
  const kept = { ...source, ...rankOf(staying, program, now) };
  const born = { ...source, ...rankOf(moving, program, now), number: HIGHEST_NUMBER, regressedAt: null };
  const isBehind = (one: Ranked, other: Ranked) => Number(other.rankLevel > one.rankLevel);
  const keptPlace = (await placeAmongOthers(db, program, kept, [source])) + isBehind(kept, born);
  const bornPlace = (await placeAmongOthers(db, program, born, [source])) + isBehind(born, kept);
  return mrkdwn`It would move ${moving.length} of ${counted(reports.length, 'report')}. The new defect would rank ${bornPlace}; ${defectKey(number)} would keep ${staying.length} and rank ${keptPlace}.`;
}

/** What the rank reads of reports, oldest first, as they are counted: then two of the same heat tie exactly. */
function rankOf(
  reports: readonly Report[],
  { halfLifeDays }: Program,
  now: Date,
): Partial<Pick<Ranked, 'firstSeenAt'>> & Pick<Ranked, 'rankLevel'> {
  const rankLevel = heatLevel(reports, halfLifeDays) - quietHalvings(silenceAfter(reports, now));
  return reports[0] ? { rankLevel, firstSeenAt: reports[0].seenAt } : { rankLevel };
}

/** The place that a defect of this rank level would have, from 1, counted without the defects that it replaces. */
async function placeAmongOthers(
  db: Db,
  program: Program,
  defect: Ranked,
  replaced: readonly DefectInArea[],
): Promise<number> {
  const counted = replaced.filter(({ state, rankLevel: level }) => isOpen(state) && level > defect.rankLevel).length;
  return (await countAhead(db, program.id, defect)) - counted + 1;
}
