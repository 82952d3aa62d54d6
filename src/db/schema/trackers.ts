import { sql } from 'drizzle-orm';
import { bigint, boolean, index, integer, jsonb, pgTable, text, unique, uniqueIndex } from 'drizzle-orm/pg-core';
import type { Account } from '../../domain/trackers/assigning.ts';
import type { HistoryTally } from '../../domain/trackers/past-ticket.ts';
import type { Creation, Reopening } from '../../domain/trackers/reopening.ts';
import type { TicketStatus } from '../../domain/trackers/ticket-status.ts';
import type { TrackerKind } from '../../domain/trackers/tracker.ts';
import type { KnownBy } from '../../domain/trackers/tracker-person.ts';
import { id, instant } from './columns.ts';
import { defectId } from './defects.ts';
import { programId } from './program-key.ts';

/** A repository or project where work is done. The token and the webhook's secret are sealed, the address is kept as a hash. */
export const trackers = pgTable(
  'trackers',
  {
    id: id(),
    programId: programId(),
    kind: text('kind').$type<TrackerKind>().notNull(),
    /** What it is called there: acme/api. */
    place: text('place').notNull(),
    /** Where it answers, for a tracker that everybody has at an address of their own. */
    site: text('site'),
    /** Where people find it; the addresses of its tickets begin like this. */
    webUrl: text('web_url').notNull(),
    /** The account that the token is of, by which our own changes are known. */
    account: text('account').notNull(),
    /** What people call that account, where it is a mere id. */
    accountName: text('account_name'),
    /** Null once it is removed. */
    sealedToken: text('sealed_token'),
    sealedSecret: text('sealed_secret'),
    /** Of the address that its webhooks go to. */
    addressHash: text('address_hash').notNull(),
    creation: text('creation').$type<Creation>().notNull(),
    reopening: text('reopening').$type<Reopening>().notNull(),
    reopenDays: integer('reopen_days').notNull(),
    /** Whether severity and harm are written as labels. */
    labels: boolean('labels').notNull().default(true),
    /** Changes up to here have been seen, by the tracker's clock. */
    seenUpTo: instant('seen_up_to').notNull(),
    /** When it is asked for changes next. */
    pollAt: instant('poll_at').notNull(),
    /** Nothing is sent to it before, by the database's own clock. */
    heldUntil: instant('held_until'),
    /** Why nothing could be read or written, for people; null while all is well. */
    trouble: text('trouble'),
    /** Whether a merged fix is claimed once it is out. */
    claimsShipped: boolean('claims_shipped').notNull().default(false),
    /** Accounts that are agents, beside those that are known to be. */
    agents: jsonb('agents').$type<readonly string[]>().notNull().default([]),
    /** Merged code up to here has been seen, by the tracker's clock; null until it was looked at once. */
    codeSeenUpTo: instant('code_seen_up_to'),
    /** When it is asked for merged code next; null where it never was. */
    codePollAt: instant('code_poll_at'),
    /** Why its code could not be read, for people; null while all is well. */
    codeTrouble: text('code_trouble'),
    /** Who had its history taken in last, and when; null until somebody does. */
    historyBy: text('history_by'),
    historyAt: instant('history_at'),
    /** Where the rest of it begins, in the tracker's own words; null at its beginning. */
    historyFrom: text('history_from'),
    /** When the next page of it is read; null while nothing of it is to be taken in. */
    historyDueAt: instant('history_due_at'),
    /** What became of it so far. */
    historyTally: jsonb('history_tally').$type<HistoryTally>(),
    createdBy: text('created_by').notNull(),
    createdAt: instant('created_at').notNull(),
    removedAt: instant('removed_at'),
  },
  (t) => [
    unique('trackers_address').on(t.addressHash),
    index('trackers_program').on(t.programId),
    index('trackers_history').on(t.historyDueAt).where(sql`history_due_at is not null`),
    index('trackers_poll').on(t.pollAt).where(sql`removed_at is null`),
    uniqueIndex('trackers_place')
      .on(t.programId, t.kind, sql`coalesce(site, '')`, t.place)
      .where(sql`removed_at is null`),
  ],
);

/** An issue of a tracker that a defect is linked to. The row is written with the intent, before there is a ticket. */
export const tickets = pgTable(
  'tickets',
  {
    id: id(),
    programId: programId(),
    trackerId: bigint('tracker_id', { mode: 'number' })
      .notNull()
      .references(() => trackers.id),
    defectId: defectId(),
    /** By which a ticket or a comment of ours is found again when the answer to its creation was lost. */
    marker: text('marker').notNull(),
    /** Null until it is created. */
    externalId: text('external_id'),
    key: text('key'),
    url: text('url'),
    title: text('title'),
    /** Null until it was read once. */
    status: text('status').$type<TicketStatus>(),
    statusAt: instant('status_at'),
    /** As the tracker last told; what is older than this is not taken. */
    changedAt: instant('changed_at'),
    /** How both sides stood when they were last brought together; null until then. */
    agreedOurs: text('agreed_ours').$type<TicketStatus>(),
    agreedOursAt: instant('agreed_ours_at'),
    agreedTheirs: text('agreed_theirs').$type<TicketStatus>(),
    agreedTheirsAt: instant('agreed_theirs_at'),
    given: text('given').$type<TicketStatus>(),
    /** The due dates of both sides when they were last brought together, and since when the defect had its; null until then. */
    agreedDueOurs: text('agreed_due_ours'),
    agreedDueTheirs: text('agreed_due_theirs'),
    dueAgreedAt: instant('due_agreed_at'),
    /** Since when the ticket had its, by the tracker's clock; null where it did not tell. */
    agreedDueTheirsAt: instant('agreed_due_theirs_at'),
    /** The due date that is being written, while nobody knows whether it arrived. */
    dueGiven: jsonb('due_given').$type<{ dueOn: string | null }>(),
    /** Whom it is assigned to, as it was last read; null where nobody has read it or the tracker has no assignees. */
    assignees: jsonb('assignees').$type<readonly Pick<Account, 'id' | 'name'>[]>(),
    /** The owner and the accounts assigned when both sides were last brought together; the owner is null where the ticket names none. */
    agreedOwnerId: text('agreed_owner_id'),
    agreedAssignees: jsonb('agreed_assignees').$type<readonly string[]>(),
    /** Since when the defect had that owner. */
    agreedOwnerAt: instant('agreed_owner_at'),
    /** Since when it was assigned so, by the tracker's clock; null where nobody asked. */
    agreedAssignedAt: instant('agreed_assigned_at'),
    /** The account that is being assigned, while nobody knows whether it arrived. */
    assigneeGiven: text('assignee_given'),
    /** The accounts that are being taken away, while nobody knows whether they are. */
    assigneesLeaving: jsonb('assignees_leaving').$type<readonly string[]>(),
    /** The labels there that are ours to take away again. */
    ownLabels: jsonb('own_labels').$type<readonly string[]>().notNull().default([]),
    /** What was wanted when they were set last; null until then. */
    labelsWanted: jsonb('labels_wanted').$type<readonly string[]>(),
    /** The event of its defect up to which the ticket has been told. */
    toldEventId: bigint('told_event_id', { mode: 'number' }).notNull().default(0),
    /** The comment that holds the defect's facts, and what it says. */
    factsCommentId: text('facts_comment_id'),
    factsText: text('facts_text'),
    /** When something was sent that would create a ticket or a comment, and no answer came. */
    triedAt: instant('tried_at'),
    /** When it is looked at next; null while there is nothing to do. */
    dueAt: instant('due_at'),
    /** How often something made it due: what came while it was worked on is not forgotten by that. */
    calls: integer('calls').notNull().default(0),
    attempts: integer('attempts').notNull().default(0),
    /** Nobody else works on it before, by the database's own clock. */
    leaseUntil: instant('lease_until'),
    leasedBy: text('leased_by'),
    /** Why it could not be read or written, for people; null while all is well. */
    trouble: text('trouble'),
    linkedBy: text('linked_by').notNull(),
    linkedAt: instant('linked_at').notNull(),
    unlinkedAt: instant('unlinked_at'),
  },
  (t) => [
    uniqueIndex('tickets_external').on(t.trackerId, t.externalId).where(sql`unlinked_at is null`),
    index('tickets_ever').on(t.trackerId, t.externalId),
    index('tickets_url').on(t.programId, t.url),
    unique('tickets_marker').on(t.marker),
    index('tickets_defect').on(t.defectId),
    index('tickets_due').on(t.dueAt).where(sql`due_at is not null`),
  ],
);

/** Who in Slack an account of a tracker is, in one program. Either side is null where nobody knows it yet. */
export const trackerPeople = pgTable(
  'tracker_people',
  {
    id: id(),
    programId: programId(),
    kind: text('kind').$type<TrackerKind>().notNull(),
    /** Where the account is one: a tracker may be in several places, each with accounts of its own. */
    home: text('home').notNull(),
    account: text('account'),
    /** What people call the account. */
    name: text('name'),
    userId: text('user_id'),
    /** What it is known by; null while it is not. Somebody may have said that there is nobody. */
    knownBy: text('known_by').$type<KnownBy>(),
    /** Who was asked about it in Slack, which is done once; null until then. */
    askedIds: jsonb('asked_ids').$type<readonly string[]>(),
    changedAt: instant('changed_at').notNull(),
  },
  (t) => [
    uniqueIndex('tracker_people_account').on(t.programId, t.kind, t.home, t.account).where(sql`account is not null`),
    uniqueIndex('tracker_people_unknown').on(t.programId, t.kind, t.home, t.userId).where(sql`account is null`),
    index('tracker_people_user').on(t.userId),
  ],
);
