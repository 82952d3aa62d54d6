import { getTableName, sql } from 'drizzle-orm';
import { type Db, rows } from '../../src/db/engine/client.ts';
import { EVERY_TABLE } from '../../src/db/schema/every-table.ts';

// What only tells of requests and their pace, whatever became of them.
const BESIDE = ['requests', 'open_homes', 'channel_paces', 'maintenance_days'];
const TABLES = EVERY_TABLE.map(getTableName).filter((name) => !BESIDE.includes(name));

/** A digest of what each table holds of each program; 0 stands for rows that name none. */
export type Stored = ReadonlyMap<string, string>;
export type Change = { table: string; programId: number };

export type StoredState = {
  read: () => Promise<Stored>;
  /** Makes the tables what they were when this was set up. */
  restore: (changed: readonly Change[]) => Promise<void>;
};

/** Keeps a copy of all tables. Needs a role that may switch foreign keys off. */
export async function keepState(db: Db): Promise<StoredState> {
  await db.execute(sql.raw('create schema before'));
  for (const table of TABLES) await db.execute(sql.raw(`create table before.${table} as table public.${table}`));
  // What the database works out by itself cannot be given back to it.
  const stored = await rows<{ table: string; names: string[] }>(
    db,
    sql`select table_name as "table", json_agg(column_name) as names from information_schema.columns
        where table_schema = 'public' and is_generated = 'NEVER' group by table_name`,
  );
  const columns = new Map(stored.map(({ table, names }) => [table, names]));
  const digests = TABLES.map((table) => {
    const program =
      table === 'programs' ? 'id' : columns.get(table)?.includes('program_id') ? 'coalesce(program_id, 0)' : '0';
    return `select '${table}' as "table", ${program} as "programId",
      md5(string_agg(t::text, '|' order by t::text)) as digest from public.${table} t group by 2`;
  }).join(' union all ');
  return {
    read: async () => {
      const all = await rows<Change & { digest: string }>(db, sql.raw(digests));
      return new Map(all.map(({ table, programId, digest }) => [`${table} ${programId}`, digest]));
    },
    restore: async (changed) => {
      const tables = [...new Set(changed.map(({ table }) => table))];
      await db.transaction(async (tx) => {
        await tx.execute(sql.raw("set local session_replication_role = 'replica'"));
        for (const table of tables) {
          await tx.execute(sql.raw(`delete from public.${table}`));
          const names = (columns.get(table) ?? []).map((name) => `"${name}"`).join(', ');
          await tx.execute(
            sql.raw(
              `insert into public.${table} (${names}) overriding system value select ${names} from before.${table}`,
            ),
          );
        }
      });
    },
  };
}

export function changesBetween(before: Stored, after: Stored): Change[] {
  const keys = new Set([...before.keys(), ...after.keys()]);
  return [...keys].flatMap((key) => {
    if (before.get(key) === after.get(key)) return [];
    const [table = '', programId] = key.split(' ');
    return [{ table, programId: Number(programId) }];
  });
}
