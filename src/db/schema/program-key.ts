import { bigint } from 'drizzle-orm/pg-core';
import { programs } from './workspaces.ts';

/** The program that a row belongs to. */
export const programId = () =>
  bigint('program_id', { mode: 'number' })
    .notNull()
    .references(() => programs.id);
