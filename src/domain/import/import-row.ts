import { cleanLine, cleanText, cutText } from '../text/clean-text.ts';
import type { DateFormat } from './date-format.ts';
import { ambiguityWords, type DateOrder } from './date-order.ts';
import { findColumn, findValue } from './find-value.ts';
import {
  type DateField,
  type ImportedReport,
  importLimits,
  largestCounts,
  type ReportField,
} from './imported-report.ts';
import type { Mapping } from './mapping.ts';
import { ambiguity, readDate } from './read-date.ts';
import { readResolution } from './read-resolution.ts';
import { readSeverity } from './read-severity.ts';
import { isReopened, readStatus } from './read-status.ts';
import { quoted, textOf } from './read-text.ts';

/** `notes` are what was changed or left out of a row that is imported all the same. */
export type RowOutcome = { ok: ImportedReport; notes: string[] } | { bad: { line: number; reason: string } };

export interface RowContext {
  mapping: Mapping;
  now: Date;
  /** The zone of dates that name none; UTC unless given. */
  timeZone?: string;
  dateFormat?: DateFormat;
  /** In which order the dates of each field are written, where their columns have one reading. */
  orders?: Partial<Record<DateField, DateOrder>>;
  /** When what has no date was reported: an instant, or when it changed last. */
  assumed?: Date | 'changed';
}

type TextField = Exclude<keyof typeof importLimits, 'sourceId' | 'title' | 'link' | 'duplicateOf'>;

/** One record of an export as a report, or every reason why it is none in one sentence. */
export function importRow(row: { line: number; record: Record<string, unknown> }, context: RowContext): RowOutcome {
  const { mapping } = context;
  const reader = new RowReader(row.record, context);
  if (mapping.refuse && findValue(row.record, [mapping.refuse.column])) reader.problems.push(mapping.refuse.reason);
  const sourceId = reader.sourceId();
  const title = reader.title();
  const reportedAt = reader.reportedAt();
  const { resolvedAt, resolution } = reader.outcome(reportedAt);
  const lastSeenAt = reader.date('lastSeenAt');
  const occurrences = reader.count('occurrences');
  if (reportedAt && resolvedAt && resolvedAt < reportedAt) {
    reader.problems.push(`resolved ${iso(resolvedAt)} is before it was reported, ${iso(reportedAt)}`);
  }
  const report = {
    sourceId,
    title,
    description: reader.text('description') ?? '',
    area: reader.text('area'),
    severity: reader.severity(),
    affected: reader.count('affected'),
    supportTickets: reader.count('supportTickets'),
    environment: reader.text('environment'),
    reporter: reader.text('reporter'),
    resolvedAt,
    resolution,
    link: reader.link(),
    duplicateOf: reader.duplicateOf(sourceId),
    classKey: reader.text('classKey'),
    issueType: reader.text('issueType'),
    assignee: reader.assignee(),
    ...(occurrences > 1 ? { occurrences } : {}),
    ...(lastSeenAt && reportedAt && lastSeenAt > reportedAt ? { lastSeenAt } : {}),
  };
  if (reader.problems.length > 0 || !reportedAt) return { bad: { line: row.line, reason: reader.problems.join('; ') } };
  return { ok: { ...report, reportedAt }, notes: reader.notes };
}

/** As importRow, for the rows of one file: a source id that an earlier row of it has is refused. */
export function rowImporter(
  context: RowContext,
): (row: { line: number; record: Record<string, unknown> }) => RowOutcome {
  const lineOf = new Map<string, number>();
  return (row) => {
    const outcome = importRow(row, context);
    if ('bad' in outcome) return outcome;
    const { sourceId } = outcome.ok;
    const earlier = lineOf.get(sourceId);
    if (earlier !== undefined) {
      return { bad: { line: row.line, reason: `source id ${quoted(sourceId)} is already on line ${earlier}` } };
    }
    lineOf.set(sourceId, row.line);
    return outcome;
  };
}

export function badRowText(bad: { line: number; reason: string }): string {
  return `line ${bad.line}: ${bad.reason}`;
}

const iso = (at: Date) => at.toISOString().replace('.000Z', 'Z');

class RowReader {
  readonly problems: string[] = [];
  readonly notes: string[] = [];
  readonly record: Record<string, unknown>;
  readonly context: RowContext;

  constructor(record: Record<string, unknown>, context: RowContext) {
    this.record = record;
    this.context = context;
  }

  #find(field: ReportField) {
    return findValue(this.record, this.context.mapping.columns[field] ?? []);
  }

  /** Says whether a required field is empty or has no column at all. */
  #missing(field: ReportField): void {
    const columns = this.context.mapping.columns[field] ?? [];
    const column = findColumn(this.record, columns);
    this.problems.push(column ? `${column} is empty` : `has no ${field} (looked for ${columns.join(', ')})`);
  }

  sourceId(): string {
    const found = this.#find('sourceId');
    if (!found) this.#missing('sourceId');
    const text = found && textOf(found.value);
    if (found && text === undefined) this.problems.push(`${found.column} ${quoted(found.value)} is no text`);
    if (text === undefined || !found) return '';
    const id = cleanLine(text);
    if (id === '') this.problems.push(`${found.column} is empty`);
    if (id.length > importLimits.sourceId) {
      this.problems.push(`${found.column} ${quoted(text)} is longer than ${importLimits.sourceId} characters`);
    }
    return id;
  }

  title(): string {
    const found = this.#find('title');
    if (!found) this.#missing('title');
    const text = found && textOf(found.value);
    if (found && text === undefined) this.problems.push(`${found.column} ${quoted(found.value)} is no text`);
    if (text === undefined || !found) return '';
    const title = this.#cut(found.column, cleanLine(text, text.length), importLimits.title);
    if (title === '') this.problems.push(`${found.column} is empty`);
    return title;
  }

  text(field: TextField): string | undefined {
    const found = this.#find(field);
    if (!found) return undefined;
    const text = textOf(found.value);
    if (text === undefined) this.problems.push(`${found.column} ${quoted(found.value)} is no text`);
    const clean = field === 'description' ? cleanText : cleanLine;
    return this.#cut(found.column, clean(text, text?.length), importLimits[field]) || undefined;
  }

  #cut(column: string, text: string, limit: number): string {
    if (text.length > limit) this.notes.push(`${column} was cut from ${text.length} to ${limit} characters`);
    return cutText(text, limit);
  }

  /** Nobody is nobody, whatever a tracker calls that. */
  assignee(): string | undefined {
    const name = this.text('assignee');
    return name && /^(unassigned|nobody|none|nicht zugewiesen|non assigné|-+)$/i.test(name) ? undefined : name;
  }

  /** When it was reported: as the file says, or as was assumed for what has no such date. */
  reportedAt(): Date | undefined {
    if (this.#find('reportedAt')) return this.date('reportedAt');
    const { assumed, mapping } = this.context;
    const at = assumed === 'changed' ? (this.date('updatedAt') ?? this.date('resolvedAt')) : assumed;
    if (!at) {
      this.#missing('reportedAt');
      const columns = mapping.columns.reportedAt ?? [];
      if (findColumn(this.record, columns)) return undefined;
      const column = columns[0] ?? 'the date of opening';
      this.problems.push(`add ${column} to the export, or date such rows with --assume-date 2024-03-31 or changed`);
      return undefined;
    }
    const ended = this.date('resolvedAt') ?? this.date('updatedAt');
    this.notes.push('it has no date of opening, so one was assumed');
    return ended && ended < at ? ended : at;
  }

  /** What became of it and when. What is closed without a date was closed when it last changed, as far as anybody knows. */
  outcome(reportedAt: Date | undefined): { resolvedAt: Date | undefined; resolution: string | undefined } {
    const status = this.text('status');
    const said = this.text('resolution');
    const isSaid = said !== undefined && !/^(unresolved|reopened|none|-+)$/i.test(said);
    const isKnown = isSaid && (this.context.mapping.isVague !== 'resolution' || readResolution(said) !== undefined);
    const resolution = isKnown ? said : undefined;
    const dated = this.date('resolvedAt');
    const isDone = readStatus(this.text('statusCategory')) !== undefined;
    const closedAs = readStatus(status);
    if (isReopened(status)) return { resolvedAt: undefined, resolution: undefined };
    if (!dated && !isDone && !closedAs && resolution === undefined) return { resolvedAt: undefined, resolution };
    const isCanceled = dated !== undefined && /cancel/i.test(this.#find('resolvedAt')?.column ?? '');
    const words = resolution ?? (closedAs && closedAs !== 'fixed' ? status : isCanceled ? 'Canceled' : undefined);
    if (dated) return { resolvedAt: dated, resolution: words };
    this.notes.push('it is closed without a date, so when it changed last was taken');
    const changedAt = this.date('updatedAt');
    const at = changedAt && reportedAt && changedAt < reportedAt ? reportedAt : (changedAt ?? reportedAt);
    return { resolvedAt: at, resolution: words };
  }

  date(field: DateField): Date | undefined {
    const found = this.#find(field);
    if (!found) return undefined;
    const value = typeof found.value === 'number' ? String(found.value) : found.value;
    const { timeZone = 'UTC', dateFormat: format, orders } = this.context;
    const latestYear = this.context.now.getUTCFullYear();
    const reading = { timeZone, format, order: orders?.[field], latestYear };
    const at = typeof value === 'string' ? readDate(value, reading) : undefined;
    const named = `${found.column} ${quoted(found.value)}`;
    const possible = typeof value === 'string' ? ambiguity(value, reading) : [];
    if (possible.length > 0) this.#complain(`${named} ${ambiguityWords(possible)}`);
    else if (!at) this.#complain(`${named} is no date I can read; use 2020-12-31 or 2020-12-31T10:00:00Z`);
    else if (at > this.context.now) this.#complain(`${named} is in the future; now is ${iso(this.context.now)}`);
    return at;
  }

  /** Once, since a date may be looked at for several reasons. */
  #complain(problem: string): void {
    if (!this.problems.includes(problem)) this.problems.push(problem);
  }

  count(field: 'affected' | 'supportTickets' | 'occurrences'): number {
    const found = this.#find(field);
    if (!found) return 0;
    const text = typeof found.value === 'number' ? String(found.value) : found.value;
    const plain =
      typeof text === 'string' ? text.trim().replaceAll(/(?<=\d)[,.'\u00a0\u202f](?=\d{3}(\D|$))/g, '') : '';
    const value = /^\d{1,15}(\.0+)?$/.test(plain) ? Number(plain) : Number.NaN;
    if (value <= largestCounts[field]) return value;
    this.problems.push(`${found.column} ${quoted(found.value)} is no whole number from 0 to ${largestCounts[field]}`);
    return 0;
  }

  severity(): ImportedReport['severity'] {
    const found = this.#find('severity');
    if (!found) return undefined;
    const read = readSeverity(found.value, this.context.mapping.severities);
    if (read.unknown) this.notes.push(`${found.column} ${quoted(found.value)} is no severity I know; left open`);
    return read.severity;
  }

  link(): string | undefined {
    const found = this.#find('link');
    const link = found && (textOf(found.value) ?? '').trim();
    if (!link) return undefined;
    if (link.length <= importLimits.link && /^https?:\/\/[^\s<>|"]+$/i.test(link) && URL.canParse(link)) return link;
    this.notes.push(`${found.column} ${quoted(found.value)} is no web address; left out`);
    return undefined;
  }

  duplicateOf(sourceId: string): string | undefined {
    const found = this.#find('duplicateOf');
    const id = found && cleanLine(textOf(found.value));
    if (!id || id === sourceId) return undefined;
    if (id.length <= importLimits.duplicateOf) return id;
    this.notes.push(`${found.column} ${quoted(id)} is too long; left out`);
    return undefined;
  }
}
