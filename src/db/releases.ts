import { sql } from 'drizzle-orm';
import { type Db, rows } from './client.ts';
import { defects } from './schema/defects.ts';
import { releases } from './schema/signals.ts';

export type Release = typeof releases.$inferSelect;
/** A release as people read of it. */
export type ReleaseRef = { version: string; link: string | null };

/** Keeps when a version went out. False where it is known already. */
export async function insertRelease(tx: Db, release: typeof releases.$inferInsert): Promise<boolean> {
  const inserted = await tx.insert(releases).values(release).onConflictDoNothing().returning({ id: releases.id });
  return inserted.length > 0;
}

/** The release in which the most defects were first seen that were born in the window (after, upTo]; the newer of two. */
export async function findWorstRelease(
  db: Db,
  programId: number,
  { after, upTo }: { after: Date; upTo: Date },
): Promise<(ReleaseRef & { defects: number }) | null> {
  const [row] = await rows<ReleaseRef & { defects: number }>(
    db,
    sql`select latest.version, latest.link, count(*)::int as defects
        from ${defects} as born cross join lateral (
          select id, version, link, released_at from ${releases} as release
          where release.program_id = born.program_id and release.released_at <= born.first_seen_at
          order by released_at desc, id desc limit 1
        ) as latest
        where born.program_id = ${programId} and born.state <> 'merged'
          and born.created_at > ${after.toISOString()}::timestamptz
          and born.created_at <= ${upTo.toISOString()}::timestamptz
        group by latest.id, latest.version, latest.link, latest.released_at
        order by count(*) desc, latest.released_at desc limit 1`,
  );
  return row ? { version: row.version, link: row.link, defects: Number(row.defects) } : null;
}

/** The release that was the latest at each instant, or null where none was out. */
export async function findReleasesAt(
  db: Db,
  programId: number,
  instants: readonly (Date | null)[],
): Promise<(ReleaseRef | null)[]> {
  const asked = instants.flatMap((at, i) => (at ? [[i, at.toISOString()]] : []));
  if (asked.length === 0) return instants.map(() => null);
  const found = await rows<{ i: number; version: string; link: string | null }>(
    db,
    sql`select (asked->>0)::int as i, latest.version, latest.link
        from jsonb_array_elements(${JSON.stringify(asked)}::text::jsonb) as asked
        cross join lateral (
          select version, link from ${releases}
          where program_id = ${programId} and released_at <= (asked->>1)::timestamptz
          order by released_at desc, id desc limit 1
        ) as latest`,
  );
  return instants.map((_, i) => {
    const row = found.find((one) => Number(one.i) === i);
    return row ? { version: row.version, link: row.link } : null;
  });
}
