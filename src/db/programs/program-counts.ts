import { sql } from 'drizzle-orm';
import { type Db, rows } from '../engine/client.ts';
import { defects } from '../schema/defects.ts';

/** How a program stands, in the numbers that its headline names. */
export type ProgramCounts = {
  open: number;
  /** Not decided yet and reported since the instant asked for. */
  new: number;
  /** Open again after they were proven, since the instant asked for. */
  regressed: number;
  unowned: number;
  claimed: number;
  overdue: number;
};

/** @param since null counts every undecided defect as new and every open regression */
export async function countDefects(
  db: Db,
  programId: number,
  { since, todayOn }: { since: Date | null; todayOn: string },
): Promise<ProgramCounts> {
  const from = since?.toISOString() ?? '-infinity';
  const [row] = await rows<ProgramCounts>(
    db,
    sql`select count(*)::int as "open",
               count(*) filter (where state = 'new' and created_at > ${from}::timestamptz)::int as "new",
               count(*) filter (where state <> 'claimed' and regressed_at > ${from}::timestamptz)::int as "regressed",
               count(*) filter (where owner_id is null)::int as "unowned",
               count(*) filter (where state = 'claimed')::int as "claimed",
               count(*) filter (where state = 'accepted' and due_on < ${todayOn}::date)::int as "overdue"
        from ${defects} where program_id = ${programId} and state in ('new', 'accepted', 'claimed')`,
  );
  return row ?? { open: 0, new: 0, regressed: 0, unowned: 0, claimed: 0, overdue: 0 };
}
