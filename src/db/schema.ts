import { sql } from 'drizzle-orm';
import {
  bigint,
  boolean,
  date,
  doublePrecision,
  foreignKey,
  index,
  integer,
  jsonb,
  pgTable,
  primaryKey,
  smallint,
  text,
  timestamp,
  unique,
  uniqueIndex,
} from 'drizzle-orm/pg-core';
import type { Cadence } from '../domain/cadence.ts';
import type { Criterion } from '../domain/criteria.ts';
import type { TransitionKind } from '../domain/lifecycle.ts';
import type { SignalMapping } from '../domain/signals/generic-json.ts';
import type { SignalKind } from '../domain/signals/signal.ts';
import type { Decision, DefectState, Escape, FixKind, ReportSource, Ritual, Severity } from '../domain/vocabulary.ts';

const id = () => bigint('id', { mode: 'number' }).primaryKey().generatedAlwaysAsIdentity();
const instant = (name: string) => timestamp(name, { withTimezone: true, precision: 3, mode: 'date' });

export const workspaces = pgTable('workspaces', {
  id: text('id').primaryKey(),
  name: text('name').notNull(),
  botUserId: text('bot_user_id').notNull(),
  createdAt: instant('created_at').notNull(),
});

/** What the bot knows of a person, refreshed from Slack; the zone decides when a reminder is due. */
export const people = pgTable(
  'people',
  {
    workspaceId: text('workspace_id')
      .notNull()
      .references(() => workspaces.id),
    userId: text('user_id').notNull(),
    name: text('name').notNull(),
    timeZone: text('time_zone').notNull(),
    isAdmin: boolean('is_admin').notNull().default(false),
    isActive: boolean('is_active').notNull().default(true),
    refreshedAt: instant('refreshed_at').notNull(),
  },
  (t) => [primaryKey({ columns: [t.workspaceId, t.userId] })],
);

export const programs = pgTable(
  'programs',
  {
    id: id(),
    workspaceId: text('workspace_id')
      .notNull()
      .references(() => workspaces.id),
    name: text('name').notNull(),
    channelId: text('channel_id').notNull(),
    timeZone: text('time_zone').notNull(),
    workingDays: integer('working_days').array().notNull(),
    holidays: date('holidays', { mode: 'string' }).array().notNull(),
    leadUserId: text('lead_user_id'),
    facilitatorIds: text('facilitator_ids').array().notNull(),
    halfLifeDays: integer('half_life_days').notNull(),
    agendaLimit: integer('agenda_limit').notNull(),
    trancheWeeks: integer('tranche_weeks').notNull(),
    isDefault: boolean('is_default').notNull(),
    nextNumber: integer('next_number').notNull().default(1),
    createdAt: instant('created_at').notNull(),
  },
  (t) => [unique('programs_channel').on(t.workspaceId, t.channelId)],
);

export const areas = pgTable(
  'areas',
  {
    id: id(),
    programId: bigint('program_id', { mode: 'number' })
      .notNull()
      .references(() => programs.id),
    name: text('name').notNull(),
    position: integer('position').notNull(),
  },
  (t) => [unique('areas_name').on(t.programId, t.name)],
);

export const defects = pgTable(
  'defects',
  {
    id: id(),
    programId: bigint('program_id', { mode: 'number' })
      .notNull()
      .references(() => programs.id),
    number: integer('number').notNull(),
    title: text('title').notNull(),
    areaId: bigint('area_id', { mode: 'number' })
      .notNull()
      .references(() => areas.id),
    severity: text('severity').$type<Severity>().notNull(),
    state: text('state').$type<DefectState>().notNull(),
    ownerId: text('owner_id'),
    dueOn: date('due_on', { mode: 'string' }),
    /** Forward-decayed heat, log2; -Infinity where no report is left. */
    heatLevel: doublePrecision('heat_level').notNull(),
    reportCount: integer('report_count').notNull().default(0),
    reporterCount: integer('reporter_count').notNull().default(0),
    affectedTotal: integer('affected_total').notNull().default(0),
    ticketTotal: integer('ticket_total').notNull().default(0),
    firstSeenAt: instant('first_seen_at').notNull(),
    lastSeenAt: instant('last_seen_at').notNull(),
    escape: text('escape').$type<Escape>(),
    keepingNote: text('keeping_note'),
    fixKind: text('fix_kind').$type<FixKind>(),
    rootCause: text('root_cause'),
    approverId: text('approver_id'),
    acceptedAt: instant('accepted_at'),
    claimedAt: instant('claimed_at'),
    /** When the claimed fix was deployed; the validation window starts here. */
    deployedAt: instant('deployed_at'),
    fixedEnvironments: text('fixed_environments').array(),
    windowDays: integer('window_days'),
    windowEndsAt: instant('window_ends_at'),
    failedFixes: integer('failed_fixes').notNull().default(0),
    regressedAt: instant('regressed_at'),
    mergedIntoId: bigint('merged_into_id', { mode: 'number' }),
    askedAt: instant('asked_at'),
    askedUserId: text('asked_user_id'),
    lastTriagedAt: instant('last_triaged_at'),
    deferStreak: integer('defer_streak').notNull().default(0),
    createdAt: instant('created_at').notNull(),
  },
  (t) => [
    unique('defects_number').on(t.programId, t.number),
    foreignKey({ columns: [t.mergedIntoId], foreignColumns: [t.id], name: 'defects_merged_into' }),
    index('defects_rank')
      .on(t.programId, t.heatLevel.desc(), t.firstSeenAt, t.number)
      .where(sql`state in ('new', 'accepted', 'claimed')`),
    index('defects_owner').on(t.programId, t.ownerId),
    index('defects_title_trigrams').using('gin', sql`lower(${t.title}) gin_trgm_ops`),
  ],
);

export const reports = pgTable(
  'reports',
  {
    id: id(),
    programId: bigint('program_id', { mode: 'number' })
      .notNull()
      .references(() => programs.id),
    defectId: bigint('defect_id', { mode: 'number' })
      .notNull()
      .references(() => defects.id),
    title: text('title').notNull(),
    description: text('description').notNull(),
    areaId: bigint('area_id', { mode: 'number' })
      .notNull()
      .references(() => areas.id),
    severity: text('severity').$type<Severity>().notNull(),
    affected: integer('affected').notNull(),
    supportTickets: integer('support_tickets').notNull(),
    environment: text('environment'),
    link: text('link'),
    /** When the failure was observed; filedAt is when it was told. */
    seenAt: instant('seen_at').notNull(),
    filedAt: instant('filed_at').notNull(),
    reporterId: text('reporter_id').notNull(),
    source: text('source').$type<ReportSource>().notNull(),
    sourceKey: text('source_key').notNull(),
    vendor: text('vendor'),
    fingerprint: text('fingerprint'),
    /** How many occurrences of a burst this one report stands for. */
    occurrences: integer('occurrences').notNull().default(1),
    weight: doublePrecision('weight').notNull(),
  },
  (t) => [
    unique('reports_source_key').on(t.programId, t.source, t.sourceKey),
    index('reports_defect').on(t.defectId, t.seenAt),
    index('reports_reporter').on(t.defectId, t.reporterId),
    index('reports_seen').on(t.programId, t.seenAt),
    index('reports_fingerprint').on(t.programId, t.fingerprint),
  ],
);

/** The append-only log. Transitions carry from and to; the other kinds leave both null. */
export const defectEvents = pgTable(
  'defect_events',
  {
    id: id(),
    programId: bigint('program_id', { mode: 'number' })
      .notNull()
      .references(() => programs.id),
    defectId: bigint('defect_id', { mode: 'number' })
      .notNull()
      .references(() => defects.id),
    at: instant('at').notNull(),
    /** A Slack user id; null is the bot. */
    actorId: text('actor_id'),
    kind: text('kind').$type<TransitionKind | ChangeKind>().notNull(),
    fromState: text('from_state').$type<DefectState>(),
    toState: text('to_state').$type<DefectState>(),
    why: text('why').notNull(),
    data: jsonb('data').$type<Record<string, unknown>>(),
  },
  (t) => [index('defect_events_defect').on(t.defectId, t.id), index('defect_events_window').on(t.programId, t.at)],
);

/** What the log keeps besides transitions. */
export type ChangeKind =
  | 'report_joined'
  | 'report_moved'
  | 'assigned'
  | 'due_changed'
  | 'severity_changed'
  | 'area_changed'
  | 'info_asked'
  | 'info_given'
  | 'deferred'
  | 'confirmed'
  | 'seen_since_fix'
  | 'evidence'
  | 'signal_resolved'
  | 'tickets_added';

export const criteria = pgTable(
  'criteria',
  {
    id: id(),
    defectId: bigint('defect_id', { mode: 'number' })
      .notNull()
      .references(() => defects.id),
    criterion: jsonb('criterion').$type<Criterion>().notNull(),
    createdAt: instant('created_at').notNull(),
    metAt: instant('met_at'),
    metBy: text('met_by'),
    evidence: text('evidence'),
  },
  (t) => [index('criteria_defect').on(t.defectId)],
);

/** Merge and split, remembered: they win over every score. */
export const groupings = pgTable(
  'groupings',
  {
    id: id(),
    programId: bigint('program_id', { mode: 'number' })
      .notNull()
      .references(() => programs.id),
    verdict: text('verdict').$type<'must_link' | 'cannot_link'>().notNull(),
    aId: bigint('a_id', { mode: 'number' }).notNull(),
    bId: bigint('b_id', { mode: 'number' }).notNull(),
    decidedBy: text('decided_by').notNull(),
    at: instant('at').notNull(),
  },
  (t) => [unique('groupings_pair').on(t.programId, t.aId, t.bId)],
);

export const schedules = pgTable(
  'schedules',
  {
    id: id(),
    programId: bigint('program_id', { mode: 'number' })
      .notNull()
      .references(() => programs.id),
    ritual: text('ritual').$type<Ritual>().notNull(),
    cadence: jsonb('cadence').$type<Cadence>().notNull(),
    enabled: boolean('enabled').notNull().default(true),
    createdAt: instant('created_at').notNull(),
    /** Every instant up to here has been decided. */
    checkedUntil: instant('checked_until').notNull(),
  },
  (t) => [unique('schedules_ritual').on(t.programId, t.ritual)],
);

/** The identity of a scheduled run: whoever inserts the row runs it. */
export const occurrences = pgTable(
  'occurrences',
  {
    scheduleId: bigint('schedule_id', { mode: 'number' })
      .notNull()
      .references(() => schedules.id),
    dueAt: instant('due_at').notNull(),
    outcome: text('outcome').$type<'on_time' | 'late' | 'missed'>().notNull(),
    decidedAt: instant('decided_at').notNull(),
  },
  (t) => [primaryKey({ columns: [t.scheduleId, t.dueAt] }), index('occurrences_due').on(t.dueAt)],
);

export const triages = pgTable(
  'triages',
  {
    id: id(),
    programId: bigint('program_id', { mode: 'number' })
      .notNull()
      .references(() => programs.id),
    dueAt: instant('due_at').notNull(),
    openedAt: instant('opened_at').notNull(),
    closesAt: instant('closes_at').notNull(),
    closedAt: instant('closed_at'),
    closedBy: text('closed_by'),
    facilitatorId: text('facilitator_id'),
    late: boolean('late').notNull().default(false),
    leftOut: integer('left_out').notNull().default(0),
  },
  (t) => [
    unique('triages_due').on(t.programId, t.dueAt),
    uniqueIndex('triages_one_open').on(t.programId).where(sql`closed_at is null`),
  ],
);

export const triageItems = pgTable(
  'triage_items',
  {
    id: id(),
    triageId: bigint('triage_id', { mode: 'number' })
      .notNull()
      .references(() => triages.id),
    defectId: bigint('defect_id', { mode: 'number' })
      .notNull()
      .references(() => defects.id),
    position: integer('position').notNull(),
    reason: text('reason').notNull(),
    streak: integer('streak').notNull().default(0),
    decision: text('decision').$type<Decision>(),
    decidedBy: text('decided_by'),
    decidedAt: instant('decided_at'),
    outcome: text('outcome'),
  },
  (t) => [unique('triage_items_defect').on(t.triageId, t.defectId), index('triage_items_defect_id').on(t.defectId)],
);

/** One reminder DM: at most one a person a local day, across what the person owns in the program. */
export const nudges = pgTable(
  'nudges',
  {
    programId: bigint('program_id', { mode: 'number' })
      .notNull()
      .references(() => programs.id),
    userId: text('user_id').notNull(),
    onDate: date('on_date', { mode: 'string' }).notNull(),
    defectIds: bigint('defect_ids', { mode: 'number' }).array().notNull(),
    sentAt: instant('sent_at').notNull(),
    actedAt: instant('acted_at'),
  },
  (t) => [primaryKey({ columns: [t.programId, t.userId, t.onDate] }), index('nudges_sent').on(t.sentAt)],
);

export const snoozes = pgTable(
  'snoozes',
  {
    defectId: bigint('defect_id', { mode: 'number' })
      .notNull()
      .references(() => defects.id),
    userId: text('user_id').notNull(),
    untilOn: date('until_on', { mode: 'string' }).notNull(),
    reason: text('reason').notNull(),
    at: instant('at').notNull(),
  },
  (t) => [primaryKey({ columns: [t.defectId, t.userId] })],
);

export const tranches = pgTable(
  'tranches',
  {
    id: id(),
    programId: bigint('program_id', { mode: 'number' })
      .notNull()
      .references(() => programs.id),
    number: integer('number').notNull(),
    startsAt: instant('starts_at').notNull(),
    endsAt: instant('ends_at'),
  },
  (t) => [unique('tranches_number').on(t.programId, t.number)],
);

export const trancheDefects = pgTable(
  'tranche_defects',
  {
    trancheId: bigint('tranche_id', { mode: 'number' })
      .notNull()
      .references(() => tranches.id),
    defectId: bigint('defect_id', { mode: 'number' })
      .notNull()
      .references(() => defects.id),
    heatLevel: doublePrecision('heat_level').notNull(),
  },
  (t) => [primaryKey({ columns: [t.trancheId, t.defectId] })],
);

/** A message as it was decided: rendered when enqueued, sent as it stands. */
export type OutgoingBody = { text: string; blocks: unknown[] };

export const outbox = pgTable(
  'outbox',
  {
    id: id(),
    workspaceId: text('workspace_id')
      .notNull()
      .references(() => workspaces.id),
    programId: bigint('program_id', { mode: 'number' }),
    /** What this message is, once for ever; sent along as message metadata. */
    dedupeKey: text('dedupe_key').notNull(),
    kind: text('kind').$type<'post' | 'update'>().notNull(),
    /** A channel id, or a user id for a direct message. */
    channel: text('channel').notNull(),
    /** The post that this one answers in its thread, or that it edits, by dedupe key. */
    parentKey: text('parent_key'),
    targetKey: text('target_key'),
    /** A thread of a message that is not ours. */
    threadTs: text('thread_ts'),
    body: jsonb('body').$type<OutgoingBody>().notNull(),
    state: text('state').$type<'due' | 'sent' | 'dead' | 'superseded'>().notNull().default('due'),
    runAt: instant('run_at').notNull(),
    attempts: integer('attempts').notNull().default(0),
    /** The last attempt may have posted although no answer came. */
    ambiguous: boolean('ambiguous').notNull().default(false),
    /** Nobody claims it before, by the database's own clock: those of the replicas differ. */
    leaseUntil: instant('lease_until'),
    /** Who may be sending it at this moment. */
    leasedBy: text('leased_by'),
    sentChannel: text('sent_channel'),
    sentTs: text('sent_ts'),
    sentAt: instant('sent_at'),
    lastError: text('last_error'),
    /** The request or tick that enqueued it, as the logs name it. */
    requestId: text('request_id'),
    createdAt: instant('created_at').notNull(),
  },
  (t) => [
    index('outbox_settled').on(t.createdAt).where(sql`state <> 'due'`),
    unique('outbox_dedupe').on(t.workspaceId, t.dedupeKey),
    index('outbox_due').on(t.runAt, t.id).where(sql`state = 'due'`),
    index('outbox_target').on(t.workspaceId, t.targetKey).where(sql`state = 'due'`),
    index('outbox_thread').on(t.workspaceId, t.parentKey, t.id).where(sql`state = 'due'`),
    index('outbox_sent').on(t.workspaceId, t.sentChannel, t.sentTs).where(sql`sent_ts is not null`),
  ],
);

/** What came in and was acted on, so that a repeat is recognised. */
export const inbox = pgTable(
  'inbox',
  {
    workspaceId: text('workspace_id').notNull(),
    source: text('source').notNull(),
    deliveryKey: text('delivery_key').notNull(),
    receivedAt: instant('received_at').notNull(),
    result: jsonb('result').$type<Record<string, unknown>>(),
  },
  (t) => [primaryKey({ columns: [t.workspaceId, t.source, t.deliveryKey] }), index('inbox_received').on(t.receivedAt)],
);

/** How much text a program's reports hold, in words that count for matching. */
export const textTotals = pgTable('text_totals', {
  programId: bigint('program_id', { mode: 'number' })
    .primaryKey()
    .references(() => programs.id),
  reports: integer('reports').notNull(),
  titleWords: bigint('title_words', { mode: 'number' }).notNull(),
  descriptionWords: bigint('description_words', { mode: 'number' }).notNull(),
});

/** A stemmed word and how many of the program's reports use it, from which its rarity follows. */
export const terms = pgTable(
  'terms',
  {
    id: id(),
    programId: bigint('program_id', { mode: 'number' })
      .notNull()
      .references(() => programs.id),
    term: text('term').notNull(),
    reportCount: integer('report_count').notNull(),
  },
  (t) => [unique('terms_term').on(t.programId, t.term)],
);

/** The postings: which report uses which term how often, with the report's lengths beside so that a score needs no join. */
export const reportTerms = pgTable(
  'report_terms',
  {
    reportId: bigint('report_id', { mode: 'number' }).notNull(),
    termId: bigint('term_id', { mode: 'number' }).notNull(),
    titleCount: smallint('title_count').notNull(),
    descriptionCount: smallint('description_count').notNull(),
    titleLength: smallint('title_length').notNull(),
    descriptionLength: smallint('description_length').notNull(),
  },
  (t) => [
    primaryKey({ columns: [t.reportId, t.termId] }),
    // Every column, so that the postings of a term are read from the index alone.
    index('report_terms_postings').on(
      t.termId,
      t.reportId,
      t.titleCount,
      t.descriptionCount,
      t.titleLength,
      t.descriptionLength,
    ),
  ],
);

/** A secret that deliveries may be signed with; two are active while senders move from one to the other. */
export type SignalSecret = { secret: string; expiresAt: string | null };

/** Somebody outside who reports by webhook. The token is kept as a hash; the secrets verify and so are kept as they are. */
export const signalSources = pgTable(
  'signal_sources',
  {
    id: id(),
    programId: bigint('program_id', { mode: 'number' })
      .notNull()
      .references(() => programs.id),
    kind: text('kind').$type<SignalKind>().notNull(),
    name: text('name').notNull(),
    areaId: bigint('area_id', { mode: 'number' })
      .notNull()
      .references(() => areas.id),
    /** Where a delivery does not say how bad it is. */
    severity: text('severity').$type<Severity>().notNull(),
    mapping: jsonb('mapping').$type<SignalMapping>(),
    tokenHash: text('token_hash').notNull(),
    secrets: jsonb('secrets').$type<SignalSecret[]>().notNull(),
    pausedAt: instant('paused_at'),
    removedAt: instant('removed_at'),
    refusals: integer('refusals').notNull().default(0),
    lastRefusedAt: instant('last_refused_at'),
    lastRefusal: text('last_refusal'),
    createdBy: text('created_by').notNull(),
    createdAt: instant('created_at').notNull(),
  },
  (t) => [unique('signal_sources_token').on(t.tokenHash), index('signal_sources_program').on(t.programId)],
);

/** A delivery as it came, committed before it is answered, and what became of it. */
export const signalDeliveries = pgTable(
  'signal_deliveries',
  {
    id: id(),
    sourceId: bigint('source_id', { mode: 'number' })
      .notNull()
      .references(() => signalSources.id),
    deliveryKey: text('delivery_key').notNull(),
    event: text('event'),
    /** The raw JSON, so that fields nobody reads yet are kept. */
    body: text('body').notNull(),
    receivedAt: instant('received_at').notNull(),
    /** How often the same delivery came again. */
    repeats: integer('repeats').notNull().default(0),
    state: text('state').$type<'waiting' | 'done' | 'failed'>().notNull().default('waiting'),
    attempts: integer('attempts').notNull().default(0),
    became: text('became').$type<Became>(),
    /** One sentence for people. */
    outcome: text('outcome'),
    workedAt: instant('worked_at'),
  },
  (t) => [
    unique('signal_deliveries_key').on(t.sourceId, t.deliveryKey),
    index('signal_deliveries_waiting').on(t.id).where(sql`state = 'waiting'`),
    index('signal_deliveries_latest').on(t.sourceId, t.id),
    index('signal_deliveries_received').on(t.receivedAt),
  ],
);

/** What a delivery became, by the most that any of its signals did. */
export type Became = 'filed' | 'joined' | 'burst' | 'resolved' | 'released' | 'repeated' | 'ignored';

/** An occurrence that a source has told of, so that telling it again is no other one. */
export const signalOccurrences = pgTable(
  'signal_occurrences',
  {
    sourceId: bigint('source_id', { mode: 'number' })
      .notNull()
      .references(() => signalSources.id),
    key: text('key').notNull(),
    reportId: bigint('report_id', { mode: 'number' })
      .notNull()
      .references(() => reports.id),
    account: text('account'),
    startedAt: instant('started_at').notNull(),
    resolvedAt: instant('resolved_at'),
  },
  (t) => [primaryKey({ columns: [t.sourceId, t.key] }), index('signal_occurrences_report').on(t.reportId, t.account)],
);

/** When which version went out, so that a defect can say in which it was first seen, fixed and seen again. */
export const releases = pgTable(
  'releases',
  {
    id: id(),
    programId: bigint('program_id', { mode: 'number' })
      .notNull()
      .references(() => programs.id),
    version: text('version').notNull(),
    environment: text('environment'),
    link: text('link'),
    releasedAt: instant('released_at').notNull(),
  },
  (t) => [
    unique('releases_version').on(t.programId, t.version, t.environment).nullsNotDistinct(),
    index('releases_released').on(t.programId, t.releasedAt),
  ],
);
