import type { AuditEntry, AuditValue } from '../../domain/programs/audit.ts';
import { cutText } from '../../domain/text/clean-text.ts';
import { LEAD_ACTIONS } from '../kit/ids.ts';
import { channelLink, joinMrkdwn, type Mrkdwn, mention, mrkdwn } from '../kit/mrkdwn.ts';
import { actions, button, type Message, message, section } from '../kit/parts.ts';
import { type NamedProgram, programLink } from '../kit/program-link.ts';
import { counted, momentWords } from '../kit/words.ts';

export const AUDIT_PAGE = 15;

export type AuditPage = {
  program: NamedProgram;
  timeZone: string;
  /** Newest first. */
  entries: readonly AuditEntry[];
  total: number;
  offset: number;
  /** Given back when another page is asked for. */
  pageValue: (offset: number) => string;
};

/** Who changed what about a program, for its leads alone. */
export function auditMessage({ program, timeZone, entries, total, offset, pageValue }: AuditPage): Message {
  if (entries.length === 0) {
    return message(`Nothing has been changed in ${program.name} yet.`, [
      section(mrkdwn`Nothing has been changed in ${programLink(program)} yet.`),
    ]);
  }
  const end = offset + entries.length;
  const range = total > entries.length ? `, ${offset + 1} to ${end} of ${total}` : '';
  const turns = [
    ...(offset > 0 ? [button(LEAD_ACTIONS.auditPage, 'Newer', pageValue(Math.max(0, offset - AUDIT_PAGE)))] : []),
    ...(end < total ? [button(LEAD_ACTIONS.auditNextPage, 'Older', pageValue(end))] : []),
  ];
  const lines = entries.map((entry) => mrkdwn`${auditSentence(entry)}, ${momentWords(entry.at, timeZone)}.`);
  return message(`What was changed in ${program.name}${range}`, [
    section(mrkdwn`*What was changed in ${programLink(program)}${range}*`),
    ...Array.from({ length: Math.ceil(lines.length / LINES_A_SECTION) }, (_, i) =>
      section(joinMrkdwn(lines.slice(i * LINES_A_SECTION, (i + 1) * LINES_A_SECTION))),
    ),
    ...(turns.length > 0 ? [actions('audit_pages', turns)] : []),
  ]);
}

// Five long changes stay within what one section takes.
const LINES_A_SECTION = 5;

/** "Ana changed triage from Mondays at 10:00 to Tuesdays at 09:00", without an end. */
export function auditSentence({ by, kind, subject, before, after }: AuditEntry): Mrkdwn {
  const who = by === null ? mrkdwn`Whoever runs the bot` : mention(by);
  const what = subject ?? '';
  switch (kind) {
    case 'setting_changed':
    case 'role_changed':
    case 'retention_changed':
      return mrkdwn`${who} changed ${what} from ${valueWords(before)} to ${valueWords(after)}`;
    case 'channel_changed':
      return mrkdwn`${who} moved ${what} from ${channelLink(String(before))} to ${channelLink(String(after))}`;
    case 'area_added':
      return mrkdwn`${who} added the area ${what}`;
    case 'area_renamed':
      return mrkdwn`${who} renamed the area ${what} to ${valueWords(after)}`;
    case 'area_retired':
      return mrkdwn`${who} retired the area ${what} into ${valueWords(after)}`;
    case 'objective_changed':
      return mrkdwn`${who} changed what is promised and asked of ${what} from ${valueWords(before)} to ${valueWords(after)}`;
    case 'source_added':
      return mrkdwn`${who} added the source ${what}: ${valueWords(after)}`;
    case 'source_changed':
      return mrkdwn`${who} changed what counts of the source ${what} from ${valueWords(before)} to ${valueWords(after)}`;
    case 'secret_rotated':
      return mrkdwn`${who} gave the source ${what} a new secret`;
    case 'source_paused':
      return mrkdwn`${who} paused the source ${what}`;
    case 'source_resumed':
      return mrkdwn`${who} let the source ${what} go on`;
    case 'source_removed':
      return mrkdwn`${who} removed the source ${what}`;
    case 'tracker_connected':
      return mrkdwn`${who} connected the tracker ${what}: ${valueWords(after)}`;
    case 'tracker_changed':
      return mrkdwn`${who} changed the tracker ${what} from ${valueWords(before)} to ${valueWords(after)}`;
    case 'tracker_removed':
      return mrkdwn`${who} removed the tracker ${what}`;
    case 'history_wanted':
      return mrkdwn`${who} had the history of the tracker ${what} taken in`;
    case 'account_named':
      return mrkdwn`${who} said that ${what} is ${valueWords(after)}, ${valueWords(before)} before`;
    case 'program_ended':
      return mrkdwn`${who} ended the program`;
    case 'program_started':
      return mrkdwn`${who} started the program again`;
    case 'exported':
      return mrkdwn`${who} took an export of ${what}, ${counted(Number(after), 'row')}`;
    case 'sample_loaded':
      return mrkdwn`${who} loaded sample data, ${counted(Number(after), 'defect')}`;
    case 'sample_removed':
      return mrkdwn`${who} took the sample data out, ${counted(Number(after), 'defect')}`;
    case 'person_erased':
      return mrkdwn`${who} erased the name and the words of ${what}`;
    case 'accounts_merged':
      return mrkdwn`${who} put the account ${valueWords(after)} in the place of ${what}`;
  }
}

const VALUE_LIMIT = 80;

function valueWords(value: AuditValue): Mrkdwn {
  if (value === null) return mrkdwn`nothing`;
  if (typeof value === 'number') return mrkdwn`${value}`;
  if (typeof value === 'string') return mrkdwn`${value === '' ? 'nothing' : cutText(value, VALUE_LIMIT)}`;
  return value.length === 0 ? mrkdwn`nobody` : joinMrkdwn(value.map(mention), ', ');
}
