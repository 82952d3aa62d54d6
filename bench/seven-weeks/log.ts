import { asc, eq } from 'drizzle-orm';
import type { Db } from '../../src/db/engine/client.ts';
import { defectEvents, defects, reports } from '../../src/db/schema/defects.ts';
import { snoozes } from '../../src/db/schema/rituals.ts';
import { areas } from '../../src/db/schema/workspaces.ts';
import { DAY_MS } from '../../src/domain/time/durations.ts';
import type { DefectState, Severity } from '../../src/domain/vocabulary.ts';

export type LoggedDefect = typeof defects.$inferSelect;
export type LoggedEvent = typeof defectEvents.$inferSelect;
export type LoggedReport = typeof reports.$inferSelect;

/** The log and its rows as they stand, counted anew: none of the bot's own counting is used. */
export type Log = {
  defects: readonly LoggedDefect[];
  open: readonly LoggedDefect[];
  defect: (number: number) => LoggedDefect | undefined;
  area: (defect: LoggedDefect) => string;
  events: readonly LoggedEvent[];
  reports: readonly LoggedReport[];
  eventsOf: (defectId: number) => readonly LoggedEvent[];
  reportsOf: (defectId: number) => readonly LoggedReport[];
  /** How many transitions of a kind fell into (after, upTo]. */
  count: (kind: string, after: Date | null, upTo: Date) => number;
  /** Reports seen in (after, upTo]. */
  seen: (after: Date, upTo: Date) => number;
  /** The state of every defect at an instant, as its transitions say. */
  statesAt: (at: Date) => DefectState[];
  /** Impact points a week at an instant, of the reports seen until another. */
  harm: (defectId: number, at: Date, seenUpTo?: Date) => number;
  /** Until which day somebody put off a defect, where they did. */
  snoozedUntilOn: (defectId: number, userId: string) => string | undefined;
};

const OPEN: readonly DefectState[] = ['new', 'accepted', 'claimed'];
const HALF_LIFE_DAYS = 28;
const WEIGHT: Record<Severity, number> = { S1: 8, S2: 4, S3: 2, S4: 1 };

export async function readLog(db: Db, programId: number): Promise<Log> {
  const all = await db.select().from(defects).where(eq(defects.programId, programId));
  const ofProgram = eq(defectEvents.programId, programId);
  const events = await db.select().from(defectEvents).where(ofProgram).orderBy(asc(defectEvents.id));
  const told: LoggedReport[] = await db.select().from(reports).where(eq(reports.programId, programId));
  const names = new Map((await db.select().from(areas)).map(({ id, name }) => [id, name]));
  const put = await db.select().from(snoozes);
  const byDefect = Map.groupBy(told, ({ defectId }) => defectId);
  const eventsBy = Map.groupBy(events, ({ defectId }) => defectId);
  const within = (at: Date, after: Date | null, upTo: Date) => (after === null || at > after) && at <= upTo;
  return {
    defects: all,
    open: all.filter(({ state }) => isOpen(state)),
    defect: (wanted) => all.find(({ number }) => number === wanted),
    area: ({ areaId }) => names.get(areaId) ?? '',
    events,
    reports: told,
    eventsOf: (defectId) => eventsBy.get(defectId) ?? [],
    reportsOf: (defectId) => byDefect.get(defectId) ?? [],
    count: (kind, after, upTo) => events.filter((event) => event.kind === kind && within(event.at, after, upTo)).length,
    seen: (after, upTo) => told.filter(({ seenAt }) => within(seenAt, after, upTo)).length,
    statesAt: (at) =>
      [...eventsBy.values()].flatMap(
        (list) => list.findLast((event) => event.toState !== null && event.at <= at)?.toState ?? [],
      ),
    harm: (defectId, at, seenUpTo = at) =>
      (byDefect.get(defectId) ?? [])
        .filter(({ seenAt }) => seenAt <= seenUpTo)
        .reduce((sum, report) => sum + decayed(report, at), 0) *
      ((7 * Math.LN2) / HALF_LIFE_DAYS),
    snoozedUntilOn: (defectId, userId) =>
      put.find((one) => one.defectId === defectId && one.userId === userId)?.untilOn,
  };
}

export function isOpen(state: DefectState): boolean {
  return OPEN.includes(state);
}

function decayed({ severity, affected, supportTickets, seenAt }: LoggedReport, at: Date): number {
  const weight = WEIGHT[severity] * (1 + Math.log(1 + affected)) + supportTickets;
  return weight * 2 ** (-(at.getTime() - seenAt.getTime()) / (HALF_LIFE_DAYS * DAY_MS));
}
