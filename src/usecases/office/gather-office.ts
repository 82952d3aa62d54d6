import type { OfficePage, OfficeRow } from '../../blocks/office/office-message.ts';
import { listOfficePrograms, type Office } from '../../db/office/offices.ts';
import { findSample } from '../../db/programs/samples.ts';
import { Refusal } from '../../domain/errors/refusal.ts';
import { type Month, monthSpan } from '../../domain/office/month.ts';
import { type Quarter, spanOf } from '../../domain/office/quarter.ts';
import { DAY_MS } from '../../domain/time/durations.ts';
import type { Db, Program } from '../doing.ts';
import { gatherPeriod } from './gather-period.ts';
import { readQuarter } from './quarter-report.ts';

/** What an office looks back on: a month that is over, a quarter, or the four weeks until now. */
export type Lookback = { kind: 'month'; month: Month } | { kind: 'quarter'; quarter: Quarter } | { kind: 'weeks' };

const WEEKS_DAYS = 28;

/**
 * What the programs of an office came to, each by its own clock; those that were in it at the end. Names nobody but those
 * that the reader may read.
 */
export async function gatherOffice(
  tx: Db,
  office: Office,
  lookback: Lookback,
  { mayRead, now }: { mayRead: ReadonlySet<number>; now: Date },
): Promise<OfficePage> {
  const rows: OfficeRow[] = [];
  for (const program of await listOfficePrograms(tx, office.id, endOf(lookback, office, now))) {
    const told = await factsOf(tx, program, lookback, now);
    if (!told) continue;
    const { facts, hasSample } = told;
    const isHere = program.workspaceId === office.workspaceId;
    const name = mayRead.has(program.id)
      ? {
          name: facts.programName,
          nameFollowsChannel: program.nameFollowsChannel && isHere,
          channelId: program.channelId,
        }
      : null;
    rows.push({ facts, name, endedAt: program.endedAt, hasSample });
  }
  return { rows, lookback, timeZone: office.timeZone, now };
}

/** Until when an office looks: who is in it then is told of. */
export function endOf(lookback: Lookback, { timeZone }: Office, now: Date): Date {
  if (lookback.kind === 'weeks') return now;
  const { upTo } = lookback.kind === 'month' ? monthSpan(lookback.month, timeZone) : spanOf(lookback.quarter, timeZone);
  return upTo < now ? upTo : now;
}

/** Undefined where the program had not begun. */
async function factsOf(
  tx: Db,
  program: Program,
  lookback: Lookback,
  now: Date,
): Promise<Pick<OfficeRow, 'facts' | 'hasSample'> | undefined> {
  if (lookback.kind !== 'quarter') {
    const weeks = { after: new Date(now.getTime() - WEEKS_DAYS * DAY_MS), upTo: now };
    const span = lookback.kind === 'month' ? monthSpan(lookback.month, program.timeZone) : weeks;
    const hasSample = (await findSample(tx, program.id)) !== null;
    return { facts: await gatherPeriod(tx, program, span), hasSample };
  }
  try {
    return await readQuarter(tx, program, lookback.quarter, now);
  } catch (error) {
    if (error instanceof Refusal) return undefined;
    throw error;
  }
}
