import { and, between, desc, eq, gt, isNotNull, lte, type SQL, sql } from 'drizzle-orm';
import type { ToldRelease } from '../../domain/fixes/told-release.ts';
import { DEPLOYED_WITHIN_MS, isForUsers, NOT_FOR_USERS } from '../../domain/signals/release-reach.ts';
import { type Db, rows } from '../engine/client.ts';
import { instant } from '../engine/instant.ts';
import { defects, reports } from '../schema/defects.ts';
import { releases } from '../schema/signals.ts';

export type Release = typeof releases.$inferSelect;
/** A release as people read of it. */
export type ReleaseRef = { version: string; link: string | null };

/** Twelve weeks of a team that ships all day. */
const MOST_RELEASES = 500;

/** Keeps when a version went out. False where it is known already. */
export async function insertRelease(tx: Db, release: typeof releases.$inferInsert): Promise<number | null> {
  const [inserted] = await tx.insert(releases).values(release).onConflictDoNothing().returning({ id: releases.id });
  return inserted?.id ?? null;
}

/**
 * What went out to users in a window (after, upTo], the oldest first; of very many the newest. A version that goes from
 * place to place shipped when it first went out.
 */
export async function listReleases(
  db: Db,
  programId: number,
  { after, upTo }: { after: Date; upTo: Date },
): Promise<Pick<Release, 'version' | 'link' | 'releasedAt' | 'environment'>[]> {
  const { version, link, releasedAt, environment } = releases;
  const found = await db
    .select({ version, link, releasedAt, environment })
    .from(releases)
    .where(and(eq(releases.programId, programId), gt(releasedAt, after), lte(releasedAt, upTo)))
    .orderBy(desc(releasedAt), desc(releases.id))
    .limit(MOST_RELEASES);
  const seen = new Set<string>();
  return found
    .reverse()
    .filter(({ version, environment }) => isForUsers(environment) && !seen.has(version) && seen.add(version));
}

/** What sources told of that went out since an instant and up to another, the oldest first; of very many the newest. */
export async function listTold(
  db: Db,
  programId: number,
  { since, upTo }: { since: Date; upTo: Date },
): Promise<ToldRelease[]> {
  const found = await db
    .select()
    .from(releases)
    .where(
      and(eq(releases.programId, programId), between(releases.releasedAt, since, upTo), isNotNull(releases.toldAt)),
    )
    .orderBy(desc(releases.releasedAt), desc(releases.id))
    .limit(MOST_RELEASES);
  return found.reverse().flatMap((one) => (one.toldAt ? [{ ...one, toldAt: one.toldAt }] : []));
}

/**
 * Where a failure was met or a fix went to: releases to another environment were not out there. Null is not told, and
 * then every release counts that went to users.
 */
export type ReleaseMoment = { at: Date; environments: readonly string[] | null };

/** Whether `release` went to one of the environments, a JSON array of lower-case names or SQL null. */
const wentTo = (environments: SQL) => sql`(release.environment is null or case when ${environments} is null
  then lower(trim(release.environment)) not in (${sql.join(
    NOT_FOR_USERS.map((name) => sql`${name}`),
    sql`, `,
  )})
  else jsonb_exists(${environments}, lower(trim(release.environment))) end)`;

/** The release in which the most defects were first seen of those born in the window (after, upTo]; the newer of two. */
export async function findWorstRelease(
  db: Db,
  programId: number,
  { after, upTo }: { after: Date; upTo: Date },
): Promise<(ReleaseRef & { defects: number; of: number }) | null> {
  const [row] = await rows<ReleaseRef & { defects: number; of: number }>(
    db,
    sql`select latest.version, min(latest.link) as link, count(*)::int as defects, (sum(count(*)) over ())::int as of
        from ${defects} as born
        left join lateral (
          select case when environment is not null then jsonb_build_array(lower(trim(environment))) end as names
          from ${reports} as report where report.defect_id = born.id order by seen_at, id limit 1
        ) as met on true
        left join lateral (
          select version, link, released_at from ${releases} as release
          where release.program_id = born.program_id and release.released_at <= born.first_seen_at
            and ${wentTo(sql`met.names`)}
          order by released_at desc, id desc limit 1
        ) as latest on true
        where born.program_id = ${programId} and born.state <> 'merged'
          and exists (select from ${releases} as any_release where any_release.program_id = ${programId})
          and born.created_at > ${instant(after)}
          and born.created_at <= ${instant(upTo)}
        group by latest.version
        order by latest.version is null, count(*) desc, max(latest.released_at) desc limit 1`,
  );
  return row?.version
    ? { version: row.version, link: row.link, defects: Number(row.defects), of: Number(row.of) }
    : null;
}

/** The release that was the latest at each moment in its environments, or null where none was out. */
export async function findReleasesAt(
  db: Db,
  programId: number,
  moments: readonly (ReleaseMoment | null)[],
): Promise<(ReleaseRef | null)[]> {
  const asked = moments.flatMap((moment, i) => (moment ? [[i, moment.at.toISOString(), namesOf(moment)]] : []));
  if (asked.length === 0) return moments.map(() => null);
  const found = await rows<{ i: number; version: string; link: string | null }>(
    db,
    sql`select (asked->>0)::int as i, latest.version, latest.link
        from jsonb_array_elements(${JSON.stringify(asked)}::text::jsonb) as asked
        cross join lateral (
          select version, link from ${releases} as release
          where program_id = ${programId} and released_at <= (asked->>1)::timestamptz
            and ${wentTo(sql`nullif(asked->2, 'null'::jsonb)`)}
          order by released_at desc, id desc limit 1
        ) as latest`,
  );
  return moments.map((_, i) => {
    const row = found.find((one) => Number(one.i) === i);
    return row?.version ? { version: row.version, link: row.link } : null;
  });
}

/** The release that went out closest to a moment, as people name moments: within half an hour. Null where none did. */
export async function findReleaseNear(
  db: Db,
  programId: number,
  moment: ReleaseMoment,
): Promise<Pick<Release, 'version'> | null> {
  const from = new Date(moment.at.getTime() - DEPLOYED_WITHIN_MS);
  const to = new Date(moment.at.getTime() + DEPLOYED_WITHIN_MS);
  const names = namesOf(moment);
  const found = await db
    .select({ version: releases.version, releasedAt: releases.releasedAt, environment: releases.environment })
    .from(releases)
    .where(and(eq(releases.programId, programId), between(releases.releasedAt, from, to)));
  const distance = (at: Date) => Math.abs(at.getTime() - moment.at.getTime());
  const wentThere = (environment: string | null) =>
    environment === null || (names ? names.includes(environment.trim().toLowerCase()) : isForUsers(environment));
  const reached = found
    .filter(({ environment }) => wentThere(environment))
    .sort((a, b) => distance(a.releasedAt) - distance(b.releasedAt));
  return reached[0] ?? null;
}

function namesOf({ environments }: ReleaseMoment): string[] | null {
  const names = environments?.map((name) => name.trim().toLowerCase()).filter((name) => name !== '') ?? [];
  return names.length > 0 ? names : null;
}
