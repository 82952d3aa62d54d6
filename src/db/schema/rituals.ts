import { sql } from 'drizzle-orm';
import {
  bigint,
  boolean,
  date,
  doublePrecision,
  index,
  integer,
  jsonb,
  pgTable,
  primaryKey,
  text,
  unique,
  uniqueIndex,
} from 'drizzle-orm/pg-core';
import type { Cadence } from '../../domain/time/cadence.ts';
import type { AgendaKind } from '../../domain/triage/agenda.ts';
import type { DecidedBefore } from '../../domain/triage/decide-several.ts';
import type { Decision, Ritual } from '../../domain/vocabulary.ts';
import { id, instant } from './columns.ts';
import { defectId } from './defects.ts';
import { programId } from './program-key.ts';

export const schedules = pgTable(
  'schedules',
  {
    id: id(),
    programId: programId(),
    ritual: text('ritual').$type<Ritual>().notNull(),
    cadence: jsonb('cadence').$type<Cadence>().notNull(),
    enabled: boolean('enabled').notNull().default(true),
    createdAt: instant('created_at').notNull(),
    /** Every instant up to here has been decided. */
    checkedUntil: instant('checked_until').notNull(),
    /** Nothing of it is due before; long ago after whatever may have made it due earlier, which triggers write down. */
    nextDueAt: instant('next_due_at').notNull().default(sql`'epoch'`),
    /** When it was last looked at, by the clock of whoever looked. */
    lookedAt: instant('looked_at').notNull().default(sql`'epoch'`),
    /** The rules by which it was told when it is next due. */
    reckonedBy: text('reckoned_by').notNull().default(''),
  },
  (t) => [
    unique('schedules_ritual').on(t.programId, t.ritual),
    index('schedules_next_due').on(t.nextDueAt).where(sql`enabled`),
    index('schedules_looked').on(t.lookedAt).where(sql`enabled`),
  ],
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
    programId: programId(),
    dueAt: instant('due_at').notNull(),
    openedAt: instant('opened_at').notNull(),
    closesAt: instant('closes_at').notNull(),
    closedAt: instant('closed_at'),
    closedBy: text('closed_by'),
    facilitatorId: text('facilitator_id'),
    late: boolean('late').notNull().default(false),
    leftOut: integer('left_out').notNull().default(0),
    /** Overdue defects with an owner, which share one item; whoever answered it first, and when. */
    overdueIds: bigint('overdue_ids', { mode: 'number' }).array().notNull().default([]),
    overdueBy: text('overdue_by'),
    overdueAt: instant('overdue_at'),
    /** The last event of the program that its messages show. */
    shownEventId: bigint('shown_event_id', { mode: 'number' }).notNull().default(0),
    /** What the parent says of error budgets: a sentence, as they stood when the thread opened. */
    budgets: text('budgets'),
  },
  (t) => [
    unique('triages_due').on(t.programId, t.dueAt),
    uniqueIndex('triages_one_open').on(t.programId).where(sql`closed_at is null`),
    index('triages_closing').on(t.closesAt).where(sql`closed_at is null`),
  ],
);

export const triageItems = pgTable(
  'triage_items',
  {
    id: id(),
    triageId: bigint('triage_id', { mode: 'number' })
      .notNull()
      .references(() => triages.id),
    defectId: defectId(),
    position: integer('position').notNull(),
    /** Why it is on the agenda; `reason` says it in words, as it stood when the thread opened. */
    kind: text('kind').$type<AgendaKind>().notNull().default('new'),
    reason: text('reason').notNull(),
    streak: integer('streak').notNull().default(0),
    decision: text('decision').$type<Decision>(),
    decidedBy: text('decided_by'),
    decidedAt: instant('decided_at'),
    outcome: text('outcome'),
  },
  (t) => [unique('triage_items_defect').on(t.triageId, t.defectId), index('triage_items_defect_id').on(t.defectId)],
);

/** What one person decided about several items at once, and how each of them stood before, so that it can be undone as one. */
export const decisionBatches = pgTable('decision_batches', {
  id: id(),
  programId: programId(),
  triageId: bigint('triage_id', { mode: 'number' })
    .notNull()
    .references(() => triages.id),
  decidedBy: text('decided_by').notNull(),
  at: instant('at').notNull(),
  before: jsonb('before').$type<DecidedBefore[]>().notNull(),
  undoneBy: text('undone_by'),
  undoneAt: instant('undone_at'),
});

/** One reminder DM: at most one a person a local day, across what the person owns in the program. */
export const nudges = pgTable(
  'nudges',
  {
    programId: programId(),
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
    defectId: defectId(),
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
    programId: programId(),
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
    defectId: defectId(),
    heatLevel: doublePrecision('heat_level').notNull(),
  },
  (t) => [primaryKey({ columns: [t.trancheId, t.defectId] })],
);
