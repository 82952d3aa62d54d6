import { type Defect, lockDefectByNumber } from '../db/defects/defects.ts';
import type { Because } from '../db/defects/events.ts';
import type { Db } from '../db/engine/client.ts';
import type { Program } from '../db/programs/programs.ts';
import { isOpen, stateWords } from '../domain/defects/lifecycle.ts';
import { Refusal } from '../domain/errors/refusal.ts';
import { type Actor, defectKey } from '../domain/vocabulary.ts';

export type { Db } from '../db/engine/client.ts';
export type { KeyRing } from '../db/engine/sealed.ts';
export { listAreas, type Program, type ProgramAndAreas } from '../db/programs/programs.ts';

/**
 * Who acts, and when; from which triage thread, where it was there: its item must then still be undecided.
 * `actor` is the bot where it acts in the name of a person, as an import does. `through` is the ticket in which somebody
 * did it, who may be nobody that is known here.
 */
export type Doing = {
  by: string;
  now: Date;
  triageId?: number | undefined;
  actor?: Actor;
  through?: { key: string; place: string; by: string | null };
};

export function because(doing: Doing, why: string, data?: Record<string, unknown>): Because {
  return { actor: doing.actor ?? { kind: 'person', userId: doing.by }, at: doing.now, why, ...(data ? { data } : {}) };
}

/** Holds a defect against other writers, or says that there is none of that number. */
export async function holdDefect(tx: Db, program: Program, number: number): Promise<Defect> {
  const defect = await lockDefectByNumber(tx, program.id, number);
  if (!defect) throw new Refusal(`There is no ${defectKey(number)} in ${program.name}.`);
  return defect;
}

/** The same, for what only an open defect allows. */
export async function holdOpenDefect(tx: Db, program: Program, number: number): Promise<Defect> {
  const defect = await holdDefect(tx, program, number);
  if (!isOpen(defect.state)) throw new Refusal(`${defectKey(number)} is ${stateWords(defect.state)}, so it is closed.`);
  return defect;
}
