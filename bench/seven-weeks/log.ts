import { asc, eq } from 'drizzle-orm';
import type { Db } from '../../src/db/engine/client.ts';
import { defectEvents, defects, reports } from '../../src/db/schema/defects.ts';
import type { DefectState } from '../../src/domain/vocabulary.ts';

export type LoggedDefect = typeof defects.$inferSelect;
export type LoggedEvent = typeof defectEvents.$inferSelect;
type LoggedReport = typeof reports.$inferSelect;

/** The log and its rows as they stand, counted anew: none of the bot's own counting is used. */
export type Log = {
  defects: readonly LoggedDefect[];
  open: readonly LoggedDefect[];
  defect: (number: number) => LoggedDefect | undefined;
  events: readonly LoggedEvent[];
  /** How many transitions of a kind fell into (after, upTo]. */
  count: (kind: string, after: Date | null, upTo: Date) => number;
  /** Reports seen in (after, upTo]. */
  seen: (after: Date, upTo: Date) => number;
  /** Reports of one defect seen since an instant. */
  seenOf: (defectId: number, since: Date) => number;
};

const OPEN: readonly DefectState[] = ['new', 'accepted', 'claimed'];

export async function readLog(db: Db, programId: number): Promise<Log> {
  const all = await db.select().from(defects).where(eq(defects.programId, programId));
  const events = await db
    .select()
    .from(defectEvents)
    .where(eq(defectEvents.programId, programId))
    .orderBy(asc(defectEvents.id));
  const told: LoggedReport[] = await db.select().from(reports).where(eq(reports.programId, programId));
  const within = (at: Date, after: Date | null, upTo: Date) => (after === null || at > after) && at <= upTo;
  return {
    defects: all,
    open: all.filter(({ state }) => OPEN.includes(state)),
    defect: (wanted) => all.find(({ number }) => number === wanted),
    events,
    count: (kind, after, upTo) => events.filter((event) => event.kind === kind && within(event.at, after, upTo)).length,
    seen: (after, upTo) => told.filter(({ seenAt }) => within(seenAt, after, upTo)).length,
    seenOf: (defectId, since) => told.filter((one) => one.defectId === defectId && one.seenAt >= since).length,
  };
}
