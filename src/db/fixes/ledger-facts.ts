import { sql } from 'drizzle-orm';
import type { FixKind } from '../../domain/vocabulary.ts';
import { comebackKinds } from '../defects/comeback-kinds.ts';
import { claimStood } from '../defects/events.ts';
import { type Db, rows } from '../engine/client.ts';
import { instant } from '../engine/instant.ts';
import { defectEvents, defects } from '../schema/defects.ts';
import { pullRequests } from '../schema/fixes.ts';
import { trackers } from '../schema/trackers.ts';
import { areas } from '../schema/workspaces.ts';

/** Who wrote what was merged, and which accounts its tracker's settings call agents. */
export type MergedBy = {
  repository: string;
  author: string;
  authorIsBot: boolean;
  coAuthors: readonly string[];
  agents: readonly string[];
};

export type LedgerRow = {
  area: string;
  ownerId: string | null;
  kind: FixKind | null;
  deployedAt: Date;
  provenAt: Date | null;
  brokeAt: Date | null;
  merges: readonly MergedBy[];
};

const epoch = (at: unknown) => sql`(extract(epoch from (${at})) * 1000)::float8`;

/** What the log says of a claim until the next one: `claim.until` is the event that ends it, null where none does. */
export const fixKindOfClaim = sql`coalesce((
  select said.data->>'fixKind' from ${defectEvents} said
  where said.defect_id = claim.defect_id and said.kind = 'claim_completed' and said.id > claim.id
    and not exists (select from ${defectEvents} again where again.defect_id = claim.defect_id
      and again.kind = 'claimed' and again.id > claim.id and again.id < said.id)
  order by said.id desc limit 1), claim.data->>'fixKind')`;

/** When the fix of a claim went out: as it was witnessed, else as it was said. */
export const deployedAtOfClaim = sql`coalesce((
  select (seen.data->>'deployedAt')::timestamptz from ${defectEvents} seen
  where seen.defect_id = claim.defect_id and seen.kind = 'deployment_witnessed' and seen.id > claim.id
    and not exists (select from ${defectEvents} again where again.defect_id = claim.defect_id
      and again.kind = 'claimed' and again.id > claim.id and again.id < seen.id)
  order by seen.id desc limit 1), (claim.data->>'deployedAt')::timestamptz, claim.at)`;

/** Every fix that was claimed until an instant and not taken back, the oldest first, with what was merged for it. */
export async function listLedger(db: Db, programId: number, upTo: Date): Promise<LedgerRow[]> {
  type Found = Omit<LedgerRow, 'deployedAt' | 'provenAt' | 'brokeAt'> & {
    deployed: number;
    proven: number | null;
    broke: number | null;
  };
  const found = await rows<Found>(
    db,
    sql`select area.name as area, claim.data->>'ownerId' as "ownerId", ${fixKindOfClaim} as kind,
          ${epoch(deployedAtOfClaim)} as deployed, ${epoch(sql`after.proven`)} as proven, ${epoch(sql`after.broke`)} as broke,
          coalesce(merged.by, '[]'::jsonb) as merges
        from ${defectEvents} claim
        join ${defects} defect on defect.id = claim.defect_id
        join ${areas} area on area.id = defect.area_id
        left join lateral (
          select min(again.id) as id from ${defectEvents} again
          where again.defect_id = claim.defect_id and again.kind = 'claimed' and again.id > claim.id
        ) as next on true
        left join lateral (
          select min(e.at) filter (where e.kind = 'proven') as proven,
            min(e.at) filter (where e.kind in ${comebackKinds}) as broke
          from ${defectEvents} e
          where e.defect_id = claim.defect_id and e.id > claim.id and (next.id is null or e.id < next.id)
            and (e.kind = 'proven' or e.kind in ${comebackKinds}) and e.at <= ${instant(upTo)}
        ) as after on true
        left join lateral (
          select max(e.at) as at from ${defectEvents} e
          where e.defect_id = claim.defect_id and e.id < claim.id and e.kind in ${comebackKinds}
        ) as before on true
        left join lateral (
          select jsonb_agg(jsonb_build_object('repository', tracker.place, 'author', pull.author,
            'authorIsBot', pull.author_is_bot, 'coAuthors', pull.co_authors, 'agents', tracker.agents)
            order by pull.merged_at, pull.id) as by
          from ${pullRequests} pull join ${trackers} tracker on tracker.id = pull.tracker_id
          where pull.defect_id = claim.defect_id and (before.at is null or pull.merged_at > before.at)
            and pull.merged_at <= coalesce(after.broke, ${instant(upTo)})
        ) as merged on true
        where claim.program_id = ${programId} and claim.kind = 'claimed' and claim.at <= ${instant(upTo)} and ${claimStood}
        order by claim.id`,
  );
  return found.map(({ deployed, proven, broke, ...row }) => ({
    ...row,
    deployedAt: new Date(deployed),
    provenAt: proven === null ? null : new Date(proven),
    brokeAt: broke === null ? null : new Date(broke),
  }));
}
