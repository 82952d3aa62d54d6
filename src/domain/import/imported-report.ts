import { MOST_ACCOUNTS, MOST_TICKETS } from '../reports/counts.ts';
import type { Severity } from '../vocabulary.ts';

/** A report as a tracker's export tells it, validated and cleaned. `sourceId` is the tracker's own key. */
export interface ImportedReport {
  sourceId: string;
  title: string;
  description: string;
  area?: string;
  severity?: Severity;
  affected: number;
  supportTickets: number;
  environment?: string;
  reporter?: string;
  reportedAt: Date;
  resolvedAt?: Date;
  resolution?: string;
  link?: string;
  /** The source id of the report that this one repeats. */
  duplicateOf?: string;
  /** What the tracker calls the class of repeats that this report belongs to. */
  classKey?: string;
  /** What kind of work the tracker calls it. */
  issueType?: string;
  /** Who works on it, as the tracker names them: an address, or a name. */
  assignee?: string;
  /** How often it was seen, up to `lastSeenAt`, where the tracker counts. */
  occurrences?: number;
  lastSeenAt?: Date;
}

/** Characters that are kept of each text; a longer source id is refused, because cut ids would collide. */
export const importLimits = {
  sourceId: 200,
  title: 250,
  description: 20_000,
  area: 80,
  environment: 200,
  reporter: 120,
  assignee: 200,
  issueType: 80,
  status: 80,
  statusCategory: 80,
  resolution: 100,
  link: 2000,
  classKey: 200,
  duplicateOf: 200,
} as const;

export const largestCounts = {
  affected: MOST_ACCOUNTS,
  supportTickets: MOST_TICKETS,
  occurrences: 2_000_000_000,
} as const;

export const reportFields = [
  'sourceId',
  'title',
  'description',
  'area',
  'severity',
  'affected',
  'supportTickets',
  'environment',
  'reporter',
  'reportedAt',
  'resolvedAt',
  'resolution',
  'link',
  'duplicateOf',
  'classKey',
  'issueType',
  'assignee',
  'occurrences',
  'lastSeenAt',
  'status',
  'statusCategory',
  'updatedAt',
] as const;

export type ReportField = (typeof reportFields)[number];
export const requiredFields = ['sourceId', 'title', 'reportedAt'] as const;
/** Fields that hold instants, in one form throughout a column. */
export const dateFields = [
  'reportedAt',
  'resolvedAt',
  'updatedAt',
  'lastSeenAt',
] as const satisfies readonly ReportField[];
export type DateField = (typeof dateFields)[number];
