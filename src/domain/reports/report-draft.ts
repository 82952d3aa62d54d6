import type { Impact } from '../defects/rank.ts';
import { cleanLine, cleanText } from '../text/clean-text.ts';
import { SEVERITIES, type Severity } from '../vocabulary.ts';
import { MOST_ACCOUNTS, MOST_TICKETS, parseCount } from './counts.ts';

/** A report as a person told it, checked. */
export type ReportDraft = Impact & {
  title: string;
  description: string;
  areaId: number;
  environment: string | null;
  seenAt: Date;
  link: string | null;
};

/** The fields of the report form, as they arrive: text, or nothing. */
export type ReportFields = {
  title?: string | null;
  description?: string | null;
  area?: string | null;
  severity?: string | null;
  affected?: string | null;
  supportTickets?: string | null;
  environment?: string | null;
  seenAt?: Date | null;
  link?: string | null;
};

export type ReportField = keyof ReportFields;

export const TITLE_LIMIT = 200;
export const DESCRIPTION_LIMIT = 3000;
export const ENVIRONMENT_LIMIT = 100;

/**
 * Checks every field at once, so that somebody mends a form in one go.
 * Missing numbers are zero accounts and zero tickets; a missing instant is now.
 */
export function parseReportFields(
  fields: ReportFields,
  areaIds: readonly number[],
  now: Date,
): { draft: ReportDraft } | { errors: Partial<Record<ReportField, string>> } {
  const errors: Partial<Record<ReportField, string>> = {};
  const title = cleanLine(fields.title);
  if (!title) errors.title = 'Say in a few words what failed.';
  else if (title.length > TITLE_LIMIT)
    errors.title = `Keep the title under ${TITLE_LIMIT} characters; the rest fits below.`;

  const description = cleanText(fields.description);
  if (description.length > DESCRIPTION_LIMIT) {
    errors.description = `Keep this under ${DESCRIPTION_LIMIT} characters and link to the rest.`;
  }

  const areaId = Number(fields.area);
  if (!areaIds.includes(areaId)) errors.area = 'Pick the area that it hurts.';

  const severity = SEVERITIES.find((one) => one === fields.severity);
  if (!severity) errors.severity = 'Pick how bad one occurrence is, S1 to S4.';

  const affected = parseCount(fields.affected, 'accounts', MOST_ACCOUNTS);
  if ('bad' in affected) errors.affected = affected.bad;
  const supportTickets = parseCount(fields.supportTickets, 'tickets', MOST_TICKETS);
  if ('bad' in supportTickets) errors.supportTickets = supportTickets.bad;

  const seenAt = fields.seenAt ?? now;
  // A clock that runs a little ahead is no reason to refuse a report.
  if (seenAt.getTime() > now.getTime() + 5 * 60_000) errors.seenAt = 'This is in the future. Pick when it was seen.';

  const link = cleanLine(fields.link);
  if (link && !isWebAddress(link)) errors.link = 'Write a link that starts with https:// or http://.';

  if ('bad' in affected || 'bad' in supportTickets || Object.keys(errors).length > 0) return { errors };
  return {
    draft: {
      title,
      description,
      areaId,
      severity: severity as Severity,
      affected: affected.ok,
      supportTickets: supportTickets.ok,
      environment: cleanLine(fields.environment, ENVIRONMENT_LIMIT) || null,
      seenAt,
      link: link || null,
    },
  };
}

export function isWebAddress(text: string): boolean {
  if (text.length > 2000 || !URL.canParse(text)) return false;
  return ['https:', 'http:'].includes(new URL(text).protocol);
}
