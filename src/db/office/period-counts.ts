import { sql } from 'drizzle-orm';
import type { PeriodFacts } from '../../domain/office/period-facts.ts';
import { type Db, rows } from '../engine/client.ts';
import { instant } from '../engine/instant.ts';
import { reports } from '../schema/defects.ts';
import { occurrences, schedules } from '../schema/rituals.ts';

/** How often triage and digest were held and missed in a period, and when each was held last until its end. */
export async function countRituals(
  db: Db,
  programId: number,
  { after, upTo }: { after: Date; upTo: Date },
): Promise<PeriodFacts['rituals']> {
  const found = await rows<{ ritual: 'triage' | 'digest'; held: number; missed: number; last: string | Date | null }>(
    db,
    sql`select schedule.ritual,
          (count(*) filter (where run.outcome <> 'missed' and run.due_at > ${instant(after)}))::int as held,
          (count(*) filter (where run.outcome = 'missed' and run.due_at > ${instant(after)}))::int as missed,
          max(run.due_at) filter (where run.outcome <> 'missed') as last
        from ${schedules} schedule join ${occurrences} run on run.schedule_id = schedule.id
        where schedule.program_id = ${programId} and schedule.ritual in ('triage', 'digest')
          and run.due_at <= ${instant(upTo)}
        group by schedule.ritual`,
  );
  const countOf = (name: 'triage' | 'digest') => {
    const row = found.find(({ ritual }) => ritual === name);
    const lastHeldAt = row?.last ? new Date(row.last).toISOString() : null;
    return { held: Number(row?.held ?? 0), missed: Number(row?.missed ?? 0), lastHeldAt };
  };
  return { triage: countOf('triage'), digest: countOf('digest') };
}

/** The reports seen in a period, as they were known at its end, so that two periods compare. */
export async function countReports(
  db: Db,
  programId: number,
  { after, upTo }: { after: Date; upTo: Date },
): Promise<number> {
  const [row] = await rows<{ count: number }>(
    db,
    sql`select count(*)::int as count from ${reports}
        where program_id = ${programId} and seen_at > ${instant(after)} and seen_at <= ${instant(upTo)}
          and filed_at <= ${instant(upTo)}`,
  );
  return Number(row?.count ?? 0);
}
