import { sql } from 'drizzle-orm';
import { type Db, rows } from '../engine/client.ts';
import { defects } from '../schema/defects.ts';

/** Who was given the last accepted defect of each area, by the area's id. */
export async function listLastOwners(db: Db, programId: number): Promise<Map<number, string>> {
  const found = await rows<{ areaId: string; ownerId: string }>(
    db,
    sql`select distinct on (area_id) area_id as "areaId", owner_id as "ownerId"
        from ${defects}
        where program_id = ${programId} and accepted_at is not null and owner_id is not null
        order by area_id, accepted_at desc, id desc`,
  );
  return new Map(found.map(({ areaId, ownerId }) => [Number(areaId), ownerId]));
}
