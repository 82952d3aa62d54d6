import {
  bigint,
  doublePrecision,
  index,
  integer,
  pgTable,
  primaryKey,
  smallint,
  text,
  unique,
} from 'drizzle-orm/pg-core';
import { id, instant } from './columns.ts';
import { programId } from './program-key.ts';
import { programs } from './workspaces.ts';

/** How much text a program's reports hold, in words that count for matching, and how likely its suggestions are right. */
export const textTotals = pgTable('text_totals', {
  programId: bigint('program_id', { mode: 'number' })
    .primaryKey()
    .references(() => programs.id),
  reports: integer('reports').notNull(),
  titleWords: bigint('title_words', { mode: 'number' }).notNull(),
  descriptionWords: bigint('description_words', { mode: 'number' }).notNull(),
  /** The logistic of a suggestion's chance; null while the program has too few reports of people. */
  chanceOffset: doublePrecision('chance_offset'),
  chanceSlope: doublePrecision('chance_slope'),
  chanceFittedAt: instant('chance_fitted_at'),
});

/** A stemmed word and how many of the program's reports use it, from which its rarity follows. */
export const terms = pgTable(
  'terms',
  {
    id: id(),
    programId: programId(),
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
    // Every column here and in the index, so that the postings of a report and of a term are read from there alone.
    primaryKey({
      name: 'report_terms_of_report',
      columns: [t.reportId, t.termId, t.titleCount, t.descriptionCount, t.titleLength, t.descriptionLength],
    }),
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
