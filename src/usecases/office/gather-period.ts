import { countTransitionWeeks } from '../../db/digest/chart-facts.ts';
import { listFixOutcomes } from '../../db/digest/digest-facts.ts';
import { listFixLives } from '../../db/digest/outlook-facts.ts';
import { countReports, countRituals } from '../../db/office/period-counts.ts';
import { burndownWeeks } from '../../domain/digest/charts.ts';
import { type PeriodFacts, periodFacts } from '../../domain/office/period-facts.ts';
import type { Span } from '../../domain/office/quarter.ts';
import { addDays } from '../../domain/time/local-date.ts';
import { weekBounds } from '../../domain/time/week-bounds.ts';
import { localDateOn, localTimeAt, localTimeToInstant } from '../../domain/time/working-time.ts';
import { burndownWithin } from '../digest/gather-burndown.ts';
import { gatherVerdicts } from '../digest/gather-verdicts.ts';
import type { Db, Program } from '../doing.ts';
import { gatherReliability } from '../reliability/gather-reliability.ts';

/** What a program came to in a period, as of its end. Reads only. */
export async function gatherPeriod(db: Db, program: Program, span: Span): Promise<PeriodFacts> {
  const { after, upTo } = span;
  const before = new Date(2 * after.getTime() - upTo.getTime());
  const burndown = await burndownWithin(db, program, span);
  const bounds = weeksOf(program, span);
  const counts = await countTransitionWeeks(db, program.id, bounds);
  const ends = bounds.slice(1).map((at) => localDateOn(new Date(at.getTime() - 1), program.timeZone));
  return periodFacts({
    programName: program.name,
    timeZone: program.timeZone,
    after,
    upTo,
    burndown,
    reports: await countReports(db, program.id, span),
    reportsBefore:
      program.createdAt <= before ? await countReports(db, program.id, { after: before, upTo: after }) : null,
    verdict: (await gatherVerdicts(db, program, upTo))?.reports ?? null,
    outcomes: await listFixOutcomes(db, program.id, span),
    fixes: await listFixLives(db, program.id, upTo),
    areas: await gatherReliability(db, program, weekBounds(program, upTo)),
    rituals: await countRituals(db, program.id, span),
    weeks: burndownWeeks(
      burndown.now,
      ends.map((endsOn, i) => ({ endsOn, counts: counts[i] ?? [] })),
    ),
  });
}

/** The whole weeks back from the end of the period, those in which the program lived. */
function weeksOf({ timeZone, createdAt }: Program, { after, upTo }: Span): Date[] {
  const [on, time] = [localDateOn(upTo, timeZone), localTimeAt(upTo, timeZone)];
  const bounds = [upTo];
  for (let weeks = 1; ; weeks += 1) {
    const at = localTimeToInstant(addDays(on, -7 * weeks), time, timeZone);
    if (at < after || at < createdAt) return bounds;
    bounds.unshift(at);
  }
}
