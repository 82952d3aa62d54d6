import { getTableName } from 'drizzle-orm';
import type { Db, OpenDatabase } from '../../../src/db/engine/client.ts';
import { currentRequestId } from '../../../src/db/engine/request-id.ts';
import { requests } from '../../../src/db/schema/messages.ts';

/** Where a process may die: what it was about to do is never done, and nobody hears of it. */
export type Death = 'before the work' | 'after the commit';

/** A database whose user dies at the requests that it records while it is told to. */
export function mortal({ db, ...opened }: OpenDatabase) {
  let death: Death | undefined;
  const dying = new Map<string | undefined, Death>();
  const forEver = () => new Promise<never>(() => {});
  const transaction: Db['transaction'] = async (work, config) => {
    const here = dying.get(currentRequestId());
    if (here === 'before the work') return forEver();
    const result = await db.transaction(work, config);
    return here === 'after the commit' ? forEver() : result;
  };
  const insert: Db['insert'] = (table) => {
    if (death && getTableName(table) === getTableName(requests)) dying.set(currentRequestId(), death);
    return db.insert(table);
  };
  const deadly: Partial<Db> = { transaction, insert };
  return {
    opened: { ...opened, db: new Proxy(db, { get: (of, name) => deadly[name as 'insert'] ?? Reflect.get(of, name) }) },
    dies: (where: Death | undefined) => {
      death = where;
    },
  };
}
