import type { Severity } from '../vocabulary.ts';
import type { ReportField } from './imported-report.ts';

/**
 * Where a tracker's export keeps the fields of a report. Each field lists columns to look in, the first that holds
 * something wins. A column is a header, compared by its letters and digits alone ("Bug ID" is bug_id), or a path into
 * nested JSON ("fields.priority.name"); "labels[area]" picks, from a list of labels, the one that begins with "area:".
 */
export interface Mapping {
  name: string;
  columns: Partial<Record<ReportField, readonly string[]>>;
  /** The tracker's words for how bad, lower case. */
  severities: Readonly<Record<string, Severity>>;
  /** A column that marks a record as something other than a report, and what that is. */
  refuse?: { column: string; reason: string };
  /** A field in which words that are not known say nothing. */
  isVague?: ReportField;
}
