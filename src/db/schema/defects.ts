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
  text,
  unique,
} from 'drizzle-orm/pg-core';
import type { TransitionKind } from '../../domain/defects/lifecycle.ts';
import type { Criterion } from '../../domain/proof/criteria.ts';
import type { Fact } from '../../domain/reports/facts.ts';
import type { DefectState, Escape, FixKind, ReportSource, Severity } from '../../domain/vocabulary.ts';
import { id, instant } from './columns.ts';
import { programId } from './program-key.ts';
import { areas } from './workspaces.ts';

export const defects = pgTable(
  'defects',
  {
    id: id(),
    programId: programId(),
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
    /** What the silence since its last report costs its rank, in halvings; as of the last report or night. */
    quietHalvings: doublePrecision('quiet_halvings').notNull().default(0),
    rankLevel: doublePrecision('rank_level').notNull().generatedAlwaysAs(sql`heat_level - quiet_halvings`),
    reportCount: integer('report_count').notNull().default(0),
    reporterCount: integer('reporter_count').notNull().default(0),
    affectedTotal: bigint('affected_total', { mode: 'number' }).notNull().default(0),
    ticketTotal: bigint('ticket_total', { mode: 'number' }).notNull().default(0),
    firstSeenAt: instant('first_seen_at').notNull(),
    lastSeenAt: instant('last_seen_at').notNull(),
    escape: text('escape').$type<Escape>(),
    keepingNote: text('keeping_note'),
    fixKind: text('fix_kind').$type<FixKind>(),
    rootCause: text('root_cause'),
    approverId: text('approver_id'),
    acceptedAt: instant('accepted_at'),
    claimedAt: instant('claimed_at'),
    /** When the claimed fix began to go out. */
    deployedAt: instant('deployed_at'),
    /** When it had reached all; null where it went out at once. */
    reachedAllAt: instant('reached_all_at'),
    /** When its owner went on proving, after it was seen less and not gone; null unless so. */
    provingResumedAt: instant('proving_resumed_at'),
    /** The release that was seen to go out at that moment. */
    deploymentWitness: text('deployment_witness'),
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
    /** Threads in a row that it was due in and did not fit. */
    agendaWaits: integer('agenda_waits').notNull().default(0),
    createdAt: instant('created_at').notNull(),
    /** Invented: shown and counted, never reminded of, and gone when the sample is taken out. */
    isSample: boolean('is_sample').notNull().default(false),
  },
  (t) => [
    unique('defects_number').on(t.programId, t.number),
    foreignKey({ columns: [t.mergedIntoId], foreignColumns: [t.id], name: 'defects_merged_into' }),
    index('defects_rank')
      .on(t.programId, t.rankLevel.desc(), t.firstSeenAt, t.number)
      .where(sql`state in ('new', 'accepted', 'claimed')`),
    index('defects_heat')
      .on(t.programId, t.heatLevel.desc(), t.firstSeenAt, t.number)
      .where(sql`state in ('new', 'accepted', 'claimed')`),
    index('defects_open')
      .on(t.programId, t.state, t.ownerId, t.heatLevel)
      .where(sql`state in ('new', 'accepted', 'claimed')`),
    index('defects_escapes').on(t.programId, t.acceptedAt, t.escape).where(sql`escape is not null`),
    index('defects_owner').on(t.programId, t.ownerId),
    index('defects_title_trigrams').using('gin', sql`lower(${t.title}) gin_trgm_ops`),
  ],
);

/** The defect that a row tells of. */
export const defectId = () =>
  bigint('defect_id', { mode: 'number' })
    .notNull()
    .references(() => defects.id);

export const reports = pgTable(
  'reports',
  {
    id: id(),
    programId: programId(),
    defectId: defectId(),
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
    /** At how many instants these began; null where a person has told of it. */
    starts: integer('starts'),
    /** What else a sender told, under its own names. */
    facts: jsonb('facts').$type<readonly Fact[]>().notNull().default([]),
    weight: doublePrecision('weight').notNull(),
    isSample: boolean('is_sample').notNull().default(false),
    /** Null while what was told can be read. Counts, times and weights stay for ever. */
    wordsErasedAt: instant('words_erased_at'),
  },
  (t) => [
    unique('reports_source_key').on(t.programId, t.source, t.sourceKey),
    // With what a defect's own are measured by.
    index('reports_defect').on(t.defectId, t.seenAt, t.affected, t.supportTickets),
    index('reports_reporter').on(t.defectId, t.reporterId),
    // With all that is added up over a span of time, so that the index alone answers.
    index('reports_seen').on(t.programId, t.seenAt, t.defectId, t.filedAt, t.weight, t.affected, t.supportTickets),
    index('reports_filed').on(t.programId, t.filedAt),
    index('reports_fingerprint').on(t.programId, t.fingerprint),
    index('reports_with_words').on(t.programId, t.filedAt).where(sql`words_erased_at is null`),
  ],
);

/** The append-only log. Transitions carry from and to; the other kinds leave both null. */
export const defectEvents = pgTable(
  'defect_events',
  {
    id: id(),
    programId: programId(),
    defectId: defectId(),
    at: instant('at').notNull(),
    /** A Slack user id; null is the bot. */
    actorId: text('actor_id'),
    kind: text('kind').$type<TransitionKind | ChangeKind>().notNull(),
    fromState: text('from_state').$type<DefectState>(),
    toState: text('to_state').$type<DefectState>(),
    why: text('why').notNull(),
    data: jsonb('data').$type<Record<string, unknown>>(),
  },
  (t) => [
    index('defect_events_defect').on(t.defectId, t.id),
    index('defect_events_window').on(t.programId, t.at),
    index('defect_events_transitions')
      .on(t.programId, t.at, t.kind, t.fromState, t.toState, t.defectId, t.id)
      .where(sql`to_state is not null`),
    index('defect_events_claims').on(t.programId, t.at).where(sql`kind = 'claimed'`),
    index('defect_events_comebacks')
      .on(t.programId, t.defectId, t.at)
      .where(sql`kind in ('failed', 'reduced', 'regressed')`),
  ],
);

/** What the log keeps besides transitions. */
export type ChangeKind =
  | 'report_joined'
  | 'report_moved'
  | 'assigned'
  | 'due_changed'
  | 'snoozed'
  | 'severity_changed'
  | 'area_changed'
  | 'info_asked'
  | 'info_given'
  | 'deferred'
  | 'taken_back'
  | 'confirmed'
  | 'seen_since_fix'
  | 'evidence'
  | 'signal_resolved'
  | 'tickets_added'
  | 'ticket_linked'
  | 'ticket_unlinked'
  | 'claim_completed'
  | 'fix_merged'
  | 'deployment_witnessed'
  | 'criteria_changed'
  | 'rule_saved'
  | 'rule_stopped';

export const criteria = pgTable(
  'criteria',
  {
    id: id(),
    defectId: defectId(),
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
    programId: programId(),
    verdict: text('verdict').$type<'must_link' | 'cannot_link'>().notNull(),
    aId: bigint('a_id', { mode: 'number' }).notNull(),
    bId: bigint('b_id', { mode: 'number' }).notNull(),
    decidedBy: text('decided_by').notNull(),
    at: instant('at').notNull(),
  },
  (t) => [unique('groupings_pair').on(t.programId, t.aId, t.bId)],
);

/** Past reports that a rule moved when somebody asked it to: `whole` ones were merged, since no report was left. */
export type RuleMoved = {
  by: string;
  at: string;
  from: { defectId: number; reportIds: number[]; whole: boolean }[];
};

/** "Title contains these words, in this area": a person's decision that such reports are this defect. */
export const groupingRules = pgTable(
  'grouping_rules',
  {
    id: id(),
    programId: programId(),
    defectId: defectId(),
    words: text('words').notNull(),
    areaId: bigint('area_id', { mode: 'number' }).references(() => areas.id),
    savedBy: text('saved_by').notNull(),
    savedAt: instant('saved_at').notNull(),
    /** Null while it is on. */
    stoppedBy: text('stopped_by'),
    stoppedAt: instant('stopped_at'),
    /** Reports that joined by it since it was saved. */
    joined: integer('joined').notNull().default(0),
    moved: jsonb('moved').$type<RuleMoved>(),
  },
  (t) => [index('grouping_rules_program').on(t.programId)],
);
