import { sql } from 'drizzle-orm';
import { FEWEST_REPORTS, type MeasuredImpact } from '../../domain/defects/severity-drift.ts';
import type { FixLife } from '../../domain/proof/survival.ts';
import { defectKey, type Severity } from '../../domain/vocabulary.ts';
import { comebackKinds } from '../defects/comeback-kinds.ts';
import { claimStood } from '../defects/events.ts';
import { openStates } from '../defects/open-states.ts';
import { type Db, rows } from '../engine/client.ts';
import { instant } from '../engine/instant.ts';
import { deployedAtOfClaim } from '../fixes/ledger-facts.ts';
import { defectEvents, defects, reports } from '../schema/defects.ts';
import { areas } from '../schema/workspaces.ts';

type Window = { after: Date; upTo: Date };

/** Every fix that was claimed until an instant, from its deployment to the failure that ended it. */
export async function listFixLives(db: Db, programId: number, upTo: Date): Promise<FixLife[]> {
  const found = await rows<{ area: string; deployed: number; broke: number | null }>(
    db,
    sql`select area.name as area,
          (extract(epoch from ${deployedAtOfClaim}) * 1000)::float8 as deployed,
          (extract(epoch from (
            select min(back.at) from ${defectEvents} back
            where back.defect_id = claim.defect_id and back.id > claim.id and back.kind in ${comebackKinds}
              and not exists (
                select 1 from ${defectEvents} again
                where again.defect_id = claim.defect_id and again.kind = 'claimed'
                  and again.id > claim.id and again.id < back.id)
          )) * 1000)::float8 as broke
        from ${defectEvents} claim
        join ${defects} defect on defect.id = claim.defect_id
        join ${areas} area on area.id = defect.area_id
        where claim.program_id = ${programId} and claim.kind = 'claimed' and claim.at <= ${instant(upTo)}
          and ${claimStood}
        order by claim.id`,
  );
  return found.map(({ area, deployed, broke }) => ({
    area,
    deployedAt: new Date(deployed),
    brokeAt: broke === null ? null : new Date(broke),
  }));
}

/** What the reports of each open defect say it did in the window, for those with enough of them to tell. */
export async function measureImpacts(db: Db, programId: number, { after, upTo }: Window): Promise<MeasuredImpact[]> {
  const found = await rows<{ number: number; severity: Severity; reports: number; affected: number; tickets: number }>(
    db,
    sql`select defect.number, defect.severity, seen.reports, seen.affected, seen.tickets
        from (
          select defect_id, count(*)::int as reports, sum(affected)::float8 as affected,
            sum(support_tickets)::float8 as tickets
          from ${reports}
          where program_id = ${programId} and seen_at > ${instant(after)} and seen_at <= ${instant(upTo)}
          group by defect_id having count(*) >= ${FEWEST_REPORTS}
        ) seen join ${defects} defect on defect.id = seen.defect_id
        where defect.state in ${openStates} order by defect.number`,
  );
  return found.map(({ number, severity, reports: count, affected, tickets }) => ({
    key: defectKey(number),
    severity,
    reports: Number(count),
    affected: Number(affected),
    supportTickets: Number(tickets),
  }));
}
