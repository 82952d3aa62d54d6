import { sql } from 'drizzle-orm';
import { bigint, boolean, index, integer, jsonb, pgTable, text, unique } from 'drizzle-orm/pg-core';
import type { Belonging } from '../../domain/fixes/defects-of-pull.ts';
import type { Missing } from '../../domain/fixes/told-release.ts';
import { id, instant } from './columns.ts';
import { defectId } from './defects.ts';
import { programId } from './program-key.ts';
import { trackers } from './trackers.ts';

/** A merged pull request that fixes a defect; one that fixes several has a row for each. */
export const pullRequests = pgTable(
  'pull_requests',
  {
    id: id(),
    programId: programId(),
    trackerId: bigint('tracker_id', { mode: 'number' })
      .notNull()
      .references(() => trackers.id),
    defectId: defectId(),
    number: integer('number').notNull(),
    title: text('title').notNull(),
    url: text('url').notNull(),
    base: text('base').notNull(),
    author: text('author').notNull(),
    authorIsBot: boolean('author_is_bot').notNull(),
    coAuthors: jsonb('co_authors').$type<readonly string[]>().notNull(),
    mergedAt: instant('merged_at').notNull(),
    mergeSha: text('merge_sha').notNull(),
    belongsBy: text('belongs_by').$type<Belonging>().notNull(),
    /** When it was first known here; one that was made to fit long after it went out witnesses nothing. */
    foundAt: instant('found_at').notNull(),
    /** When it went out to users, as a release or a deployment that contains it tells; null until one does. */
    shippedAt: instant('shipped_at'),
    shippedIn: text('shipped_in'),
    shippedUrl: text('shipped_url'),
    /** Where it went to; null for everywhere. */
    shippedTo: jsonb('shipped_to').$type<readonly string[]>(),
    /** Why the last release that a source told of cannot be known to have it; null where that can be known. */
    missing: jsonb('missing').$type<Missing>(),
    /** Releases and deployments that were asked for it and do not contain it, or of which nothing can be known. */
    ruledOut: jsonb('ruled_out').$type<readonly string[]>().notNull().default([]),
    /** By which a comment of ours is found again when the answer to its creation was lost. */
    marker: text('marker').notNull(),
    /** The event of its defect up to which it has been told. */
    toldEventId: bigint('told_event_id', { mode: 'number' }).notNull(),
    /** When a comment was sent and no answer came. */
    triedAt: instant('tried_at'),
    attempts: integer('attempts').notNull().default(0),
    /** When it is looked at next; null while there is nothing to tell. */
    nextAt: instant('next_at'),
    /** How often something made it due: what came while it was told is not forgotten by that. */
    calls: integer('calls').notNull().default(0),
    /** Nobody else tells it before, by the database's own clock. */
    leaseUntil: instant('lease_until'),
    leasedBy: text('leased_by'),
  },
  (t) => [
    unique('pull_requests_number').on(t.trackerId, t.number, t.defectId),
    unique('pull_requests_marker').on(t.marker),
    index('pull_requests_defect').on(t.defectId),
    index('pull_requests_next').on(t.nextAt).where(sql`next_at is not null`),
    index('pull_requests_unshipped').on(t.trackerId, t.mergedAt).where(sql`shipped_at is null`),
  ],
);
