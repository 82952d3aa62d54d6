import type { Db } from '../db/client.ts';
import { findDefectByNumber, listRanked } from '../db/defects.ts';
import type { Program } from '../db/programs.ts';
import { searchDefects } from './offer-repeats.ts';

const OFFERED = 20;

/** The defects that a picker offers for what was typed: the one of that number, those that share words, or the hottest. */
export async function listDefectsToPick(
  db: Db,
  program: Program,
  typed: string,
  now: Date,
): Promise<{ number: number; title: string }[]> {
  const words = typed.trim();
  const number = /^(?:d-?)?(\d{1,9})$/i.exec(words)?.[1];
  const named = number ? await findDefectByNumber(db, program.id, Number(number)) : null;
  if (named) return [named];
  if (words) return searchDefects(db, program, words, OFFERED, now);
  return listRanked(db, program.id, { kind: 'all' }, { limit: OFFERED });
}
