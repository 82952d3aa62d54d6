import { bigint, integer, jsonb, pgTable, text } from 'drizzle-orm/pg-core';
import { instant } from './columns.ts';
import { programs } from './workspaces.ts';

/** What a sample put beside its defects and reports, which are marked themselves. */
export type SampleRows = {
  triageIds: number[];
  releaseIds: number[];
  sourceIds: number[];
  /** Areas whose objective came with the sample. */
  areaIds: number[];
  occurrences: { scheduleId: number; dueAt: string }[];
};

/** The sample data that a program has in it, so that all of it can be taken out again. */
export const samples = pgTable('samples', {
  programId: bigint('program_id', { mode: 'number' })
    .primaryKey()
    .references(() => programs.id),
  loadedBy: text('loaded_by').notNull(),
  loadedAt: instant('loaded_at').notNull(),
  /** As they were before, since a sample has a past and takes numbers. */
  programCreatedAt: instant('program_created_at').notNull(),
  nextNumber: integer('next_number').notNull(),
  rows: jsonb('rows').$type<SampleRows>().notNull(),
});
