import { index, jsonb, pgTable, text } from 'drizzle-orm/pg-core';
import type { AuditKind, AuditValue } from '../../domain/programs/audit.ts';
import { id, instant } from './columns.ts';
import { programId } from './program-key.ts';

/** Who changed what about a program, written with the change itself. Secrets and tokens never come here. */
export const auditEntries = pgTable(
  'audit_entries',
  {
    id: id(),
    programId: programId(),
    at: instant('at').notNull(),
    /** A Slack user id; null is whoever runs the bot. */
    actorId: text('actor_id'),
    kind: text('kind').$type<AuditKind>().notNull(),
    /** Which one, where there are several: a setting, a source, an area. */
    subject: text('subject'),
    before: jsonb('before').$type<AuditValue>(),
    after: jsonb('after').$type<AuditValue>(),
  },
  (t) => [index('audit_entries_program').on(t.programId, t.id), index('audit_entries_at').on(t.programId, t.at)],
);
