import { type SQL, sql } from 'drizzle-orm';
import { type Db, rows } from './client.ts';

/**
 * The ids of the keys that values are sealed with.
 *
 * @param from what is read, with each sealed value, or null, as `sealed`
 */
export async function listKeyIds(db: Db, from: SQL): Promise<string[]> {
  const found = await rows<{ id: string }>(
    db,
    sql`select distinct split_part(sealed, ':', 2) as id from ${from} where sealed is not null order by id`,
  );
  return found.map(({ id }) => id);
}

/**
 * Seals row after row, each in a transaction of its own, so that one that is stopped in the middle goes on with what is
 * left when it is run again. Returns how many rows it was.
 *
 * @param before comes before the id of every row
 * @param resealNext seals the first row after an id and returns its id, or null where there is none
 */
export async function resealEach<Id>(
  db: Db,
  before: Id,
  resealNext: (tx: Db, after: Id) => Promise<Id | null>,
): Promise<number> {
  let last = before;
  for (let count = 0; ; count += 1) {
    const done = await db.transaction((tx) => resealNext(tx, last));
    if (done === null) return count;
    last = done;
  }
}
