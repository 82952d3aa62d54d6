import { findDefectByNumber, listRanked } from '../../db/defects/defects.ts';
import type { Db } from '../../db/engine/client.ts';
import type { Program } from '../../db/programs/programs.ts';
import { searchDefects, suggestTargets } from '../grouping/offer-repeats.ts';

const OFFERED = 20;

/**
 * The defects that a picker offers for what was typed: the one of that number, or those that share words. Before anything
 * is typed, those that look like the defect they are picked for, then the top of the list.
 */
export async function listDefectsToPick(
  db: Db,
  program: Program,
  typed: string,
  now: Date,
  forNumber?: number,
): Promise<{ number: number; title: string }[]> {
  const words = typed.trim();
  const number = /^(?:d-?)?(\d{1,9})$/i.exec(words)?.[1];
  const named = number ? await findDefectByNumber(db, program.id, Number(number)) : null;
  if (named) return [named];
  if (words) return searchDefects(db, program, words, OFFERED, now);
  const own = forNumber === undefined ? null : await findDefectByNumber(db, program.id, forNumber);
  const likely = own ? await suggestTargets(db, program, own, now) : [];
  const top = await listRanked(db, program.id, { kind: 'all' }, { limit: OFFERED });
  return [...likely, ...top.filter(({ number }) => !likely.some((one) => one.number === number))];
}
