import { findFirstEventAt, findQuarterReport, keepQuarterReport } from '../../db/office/quarter-reports.ts';
import { findSample } from '../../db/programs/samples.ts';
import { Refusal } from '../../domain/errors/refusal.ts';
import type { PeriodFacts } from '../../domain/office/period-facts.ts';
import { type Quarter, quarterAt, quarterBefore, quarterWords, spanOf } from '../../domain/office/quarter.ts';
import type { Db, Program } from '../doing.ts';
import { gatherPeriod } from './gather-period.ts';

export type QuarterFacts = { quarter: Quarter; facts: PeriodFacts; isOver: boolean; hasSample: boolean };

/**
 * What a program came to in a quarter. One that is over is written down the first time and told like that ever after; one
 * that runs is told as it stands. Sample data are nothing to write down.
 */
export async function readQuarter(tx: Db, program: Program, quarter: Quarter, now: Date): Promise<QuarterFacts> {
  const { id: programId, timeZone } = program;
  const stored = await findQuarterReport(tx, programId, quarter);
  if (stored) return { quarter, facts: stored, isOver: true, hasSample: false };
  const { after, upTo } = spanOf(quarter, timeZone);
  if (after >= now) throw new Refusal(`${quarterWords(quarter)} has not begun.`);
  if ((await beginningOf(tx, program)) >= upTo)
    throw new Refusal(`${program.name} had not begun in ${quarterWords(quarter)}.`);
  const isOver = upTo <= now;
  const facts = await gatherPeriod(tx, program, { after, upTo: isOver ? upTo : now });
  const hasSample = (await findSample(tx, programId)) !== null;
  if (!isOver || hasSample) return { quarter, facts, isOver, hasSample };
  return { quarter, facts: await keepQuarterReport(tx, { programId, quarter, facts, madeAt: now }), isOver, hasSample };
}

/** Writes the last quarter down while its log is fresh, so that nothing which is changed or forgotten later is missing in it. */
export async function keepLastQuarter(tx: Db, program: Program, now: Date): Promise<void> {
  const quarter = quarterBefore(quarterAt(now, program.timeZone));
  if ((await beginningOf(tx, program)) < spanOf(quarter, program.timeZone).upTo)
    await readQuarter(tx, program, quarter, now);
}

/** When it was started, or what was imported into it begins. */
async function beginningOf(tx: Db, { id, createdAt }: Program): Promise<Date> {
  const first = await findFirstEventAt(tx, id);
  return first && first < createdAt ? first : createdAt;
}
