/** Everything that the audit log tells of. */
export const AUDIT_KINDS = [
  'setting_changed',
  'role_changed',
  'channel_changed',
  'area_added',
  'area_renamed',
  'area_retired',
  'source_added',
  'source_changed',
  'secret_rotated',
  'source_paused',
  'source_resumed',
  'source_removed',
  'tracker_connected',
  'tracker_changed',
  'tracker_removed',
  'history_wanted',
  'account_named',
  'objective_changed',
  'retention_changed',
  'program_ended',
  'program_started',
  'exported',
  'sample_loaded',
  'sample_removed',
  'person_erased',
  'accounts_merged',
] as const;
export type AuditKind = (typeof AUDIT_KINDS)[number];

/** Words, a count, or people by their Slack user ids; null is nothing. */
export type AuditValue = string | number | readonly string[] | null;

type Change<K extends AuditKind, V extends AuditValue> = { kind: K; subject: string; before: V; after: V };
type Act<K extends AuditKind, S extends string | null, V extends AuditValue> = {
  kind: K;
  subject: S;
  before: null;
  after: V;
};

/** One change, as it is written down. */
export type AuditChange =
  | Change<'setting_changed', string | number>
  | Change<'objective_changed', string | null>
  | Change<'retention_changed', string | number>
  | Change<'role_changed', readonly string[]>
  /** Who an account of a tracker is here. */
  | Change<'account_named', readonly string[]>
  /** The ids of channels. */
  | Change<'channel_changed', string>
  | Act<'area_added', string, null>
  /** The subject is the old name, `after` the new one, or that of the area that took it over. */
  | Act<'area_renamed' | 'area_retired', string, string>
  | Act<'source_added' | 'tracker_connected', string, string>
  | Change<'tracker_changed' | 'source_changed', string>
  | Act<
      'secret_rotated' | 'source_paused' | 'source_resumed' | 'source_removed' | 'tracker_removed' | 'history_wanted',
      string,
      null
    >
  /** How many rows were taken. */
  | Act<'exported', string, number>
  /** How many defects. */
  | Act<'sample_loaded' | 'sample_removed', null, number>
  | Act<'person_erased', string, null>
  /** The subject is the account that was, `after` the one in its place. */
  | Act<'accounts_merged', string, string>
  | Act<'program_ended' | 'program_started', null, null>;

/** An entry as it is read: `by` is null where whoever runs the bot did it. */
export type AuditEntry = { at: Date; by: string | null } & {
  kind: AuditKind;
  subject: string | null;
  before: AuditValue;
  after: AuditValue;
};
