import { cleanLine } from '../text/clean-text.ts';
import { bugStreamMapping, bugzillaMapping, genericMapping, githubMapping, jiraMapping } from './built-in-mappings.ts';
import { findColumn } from './find-value.ts';
import { requiredFields } from './imported-report.ts';
import type { Mapping } from './mapping.ts';
import { azureMapping, linearMapping, redmineMapping, sentryMapping, youtrackMapping } from './more-mappings.ts';

/** In order of how telling the signs are; each inner list needs one of its columns. */
const signs: readonly (readonly [Mapping, readonly (readonly string[])[]])[] = [
  [bugStreamMapping, [['id'], ['seq'], ['class'], ['duplicate_of'], ['title'], ['created']]],
  [sentryMapping, [['shortId'], ['title'], ['firstSeen'], ['lastSeen']]],
  [sentryMapping, [['issue', 'issue.id'], ['title'], ['count()'], ['first_seen()', 'min(timestamp)']]],
  [azureMapping, [['ID'], ['Work Item Type'], ['Title'], ['State']]],
  [azureMapping, [['id'], ['fields.System.Title'], ['fields.System.State']]],
  [
    linearMapping,
    [
      ['ID', 'identifier'],
      ['Title'],
      ['Status', 'state', 'Team', 'team'],
      ['Completed', 'completedAt'],
      ['Priority', 'priorityLabel', 'Canceled', 'canceledAt'],
    ],
  ],
  [redmineMapping, [['#', 'id'], ['Subject', 'Thema'], ['Tracker'], ['Status'], ['Author', 'Autor']]],
  [
    youtrackMapping,
    [['Issue Id', 'idReadable'], ['Summary'], ['State', 'Stage', 'resolved'], ['Created'], ['Project']],
  ],
  [
    jiraMapping,
    [
      ['Issue key', 'key', 'Issue id', 'Vorgangsschlüssel'],
      ['Summary', 'fields.summary', 'Zusammenfassung'],
      ['Created', 'fields.created', 'Erstellt'],
    ],
  ],
  [githubMapping, [['number'], ['title'], ['created_at'], ['html_url', 'url', 'user.login', 'author.login', 'labels']]],
  [
    bugzillaMapping,
    [
      ['bug_id', 'id'],
      ['short_desc', 'Summary'],
      ['creation_ts', 'creation_time', 'opendate', 'Opened'],
    ],
  ],
  // Its usual columns have no date of opening.
  [bugzillaMapping, [['bug_id'], ['short_desc'], ['bug_status']]],
];

/** Which tracker wrote this, told from the columns of one of its records. */
export function detectMapping(record: Record<string, unknown>): { ok: Mapping } | { bad: string } {
  const known = signs.find(([, groups]) => groups.every((columns) => findColumn(record, columns) !== undefined));
  if (known) return { ok: known[0] };
  const missing = missingColumns(record, genericMapping);
  return missing.length === 0 ? { ok: genericMapping } : { bad: unknownColumns(record, missing) };
}

/** The required fields for which the record has no column, as "title (looked for Summary)". */
export function missingColumns(record: Record<string, unknown>, mapping: Mapping): string[] {
  return requiredFields
    .filter((field) => findColumn(record, mapping.columns[field] ?? []) === undefined)
    .map((field) => `${field} (looked for ${(mapping.columns[field] ?? []).join(', ')})`);
}

function unknownColumns(record: Record<string, unknown>, missing: readonly string[]): string {
  const columns = Object.keys(record).map((name) => cleanLine(name, 40));
  const shown = columns.slice(0, 20).join(', ') + (columns.length > 20 ? ` and ${columns.length - 20} more` : '');
  return `no column for ${missing.join(', ')}; the file has ${shown || 'no columns'}. Name them in a mapping such as {"sourceId":"Ticket","title":"Subject","reportedAt":"Opened"}`;
}
