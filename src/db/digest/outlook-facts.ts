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

/** Whoever looks for labels that mislead begins with what harms most. */
const HOTTEST_MEASURED = 1_000;

/** What the reports of the hottest open defects say they did in the window, for those with enough of them to tell. */
export async function measureImpacts(db: Db, programId: number, { after, upTo }: Window): Promise<MeasuredImpact[]> {
  const found = await rows<{ number: number; severity: Severity; reports: number; affected: number; tickets: number }>(
    db,
    sql`select hot.number, hot.severity, seen.reports, seen.affected, seen.tickets
        from (
          select id, number, severity from ${defects} where program_id = ${programId} and state in ${openStates}
          order by heat_level desc nulls last, first_seen_at, number limit ${HOTTEST_MEASURED}
        ) hot cross join lateral (
          select count(*)::int as reports, sum(affected)::float8 as affected, sum(support_tickets)::float8 as tickets
          from ${reports}
          where defect_id = hot.id and seen_at > ${instant(after)} and seen_at <= ${instant(upTo)}
          having count(*) >= ${FEWEST_REPORTS}
        ) seen order by hot.number`,
  );
  return found.map(({ number, severity, reports: count, affected, tickets }) => ({
    key: defectKey(number),
    severity,
    reports: Number(count),
    affected: Number(affected),
    supportTickets: Number(tickets),
  }));
}
