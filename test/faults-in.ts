import { sql } from 'drizzle-orm';
import { type Db, rows } from '../src/db/engine/client.ts';
import { programs } from '../src/db/schema/workspaces.ts';
import { identityGaps } from '../src/domain/digest/burndown.ts';
import { burndownWithin } from '../src/usecases/digest/gather-burndown.ts';

const ALL_TIME = { after: new Date('1900-01-01T00:00:00Z'), upTo: new Date('2200-01-01T00:00:00Z') };

/** What must be true of every defect: each query gives those of which it is not. */
const RULES = {
  'was not born once': sql`
    select defects.id, number from defects left join defect_events on defect_id = defects.id and to_state is not null
    group by defects.id, number having count(*) filter (where from_state is null and to_state is not null) <> 1`,
  'went from a state that it was not in': sql`
    select distinct id, number from (
      select defects.id, number, from_state, lag(to_state) over (partition by defects.id order by at, defect_events.id) as before
      from defects join defect_events on defect_id = defects.id where to_state is not null
    ) as steps where from_state is distinct from before`,
  'is in another state than its log says': sql`
    select id, number from defects where state is distinct from (
      select to_state from defect_events where defect_id = defects.id and to_state is not null order by at desc, id desc limit 1)`,
  'has totals that its reports do not add up to': sql`
    select defects.id, number from defects left join reports on defect_id = defects.id group by defects.id
    having (report_count, reporter_count, affected_total, ticket_total) is distinct from
      (count(reports.id), count(distinct reporter_id), coalesce(sum(affected), 0), coalesce(sum(support_tickets), 0))`,
};

/** Sentences about what is half written in the database; none where all is whole. */
export async function faultsIn(db: Db): Promise<string[]> {
  const faults: string[] = [];
  for (const [words, query] of Object.entries(RULES)) {
    for (const { number } of await rows<{ number: number }>(db, query)) faults.push(`D-${number} ${words}.`);
  }
  for (const program of await db.select().from(programs))
    faults.push(...identityGaps(await burndownWithin(db, program, ALL_TIME)));
  return faults;
}
