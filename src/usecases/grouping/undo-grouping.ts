import { type Defect, findDefect } from '../../db/defects/defects.ts';
import { listEvents } from '../../db/defects/events.ts';
import type { Db } from '../../db/engine/client.ts';
import type { Program } from '../../db/programs/programs.ts';
import { isOpen } from '../../domain/defects/lifecycle.ts';
import { Refusal } from '../../domain/errors/refusal.ts';
import { defectKey } from '../../domain/vocabulary.ts';
import { findOrRefuse } from '../defects/show-defect.ts';
import type { Doing } from '../doing.ts';
import { mergeDefects, unmergeDefect } from './merge-defects.ts';

export type Undone = { kind: 'merge'; restored: Defect } | { kind: 'split'; closed: Defect; whole: Defect };

/**
 * Takes back what grouped a defect last: its merge, or the split that it came from or that came from it. Undoing a split
 * merges the new defect back with all the reports it has by now, so that too can be taken back.
 */
export async function undoGrouping(db: Db, program: Program, number: number, doing: Doing): Promise<Undone> {
  const defect = await findOrRefuse(db, program, number);
  if (defect.state === 'merged') {
    return { kind: 'merge', restored: await unmergeDefect(db, program, number, doing) };
  }
  const pair = await findSplit(db, program, defect);
  if (!pair) {
    throw new Refusal(`${defectKey(number)} was neither merged nor split, so there is nothing to take back.`);
  }
  const why = `The split off ${defectKey(pair.whole.number)} was undone.`;
  const { merged, target } = await mergeDefects(db, program, pair.born.number, pair.whole.number, doing, why);
  return { kind: 'split', closed: merged, whole: target };
}

/** The last split of a defect that can be taken back, whichever side of it the defect is. */
async function findSplit(db: Db, program: Program, defect: Defect): Promise<{ born: Defect; whole: Defect } | null> {
  const events = await listEvents(db, defect.id);
  for (const { kind, data } of events.toReversed()) {
    if (kind === 'split') {
      const whole = await findDefect(db, program.id, Number(data?.fromId));
      if (whole && isOpen(defect.state)) return { born: defect, whole };
    }
    // What a rule has moved is taken back with the rule, and what went back is no split.
    if (kind === 'report_moved' && data?.toId !== undefined && !data.ruleId && !data.undone) {
      const born = await findDefect(db, program.id, Number(data.toId));
      if (born && isOpen(born.state)) return { born, whole: defect };
    }
  }
  return null;
}
