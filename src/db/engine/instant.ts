import { type SQL, sql } from 'drizzle-orm';

/** An instant in a statement written by hand: the drivers do not agree on how they send a Date. */
export const instant = (at: Date): SQL => sql`${at.toISOString()}::timestamptz`;

/** A list of instants. It is selected, so that it is made once for a statement and not for each row. */
export const instants = (all: readonly Date[]): SQL => sql`(select array[${sql.join(all.map(instant), sql`, `)}])`;
