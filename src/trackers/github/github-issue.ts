import { z } from 'zod';
import { cleanLine } from '../../domain/text/clean-text.ts';
import type { PastTicket } from '../../domain/trackers/past-ticket.ts';
import type { TicketStatus } from '../../domain/trackers/ticket-status.ts';
import type { Ticket } from '../../domain/trackers/tracker.ts';

export const TITLE_LIMIT = 256;

export const issue = z.object({
  number: z.number().int().positive(),
  html_url: z.url(),
  title: z.string(),
  body: z.string().nullish(),
  state: z.enum(['open', 'closed']),
  state_reason: z.string().nullish(),
  created_at: z.iso.datetime({ offset: true }),
  closed_at: z.iso.datetime({ offset: true }).nullish(),
  updated_at: z.iso.datetime({ offset: true }),
  user: z.object({ login: z.string(), type: z.string().nullish() }).nullish(),
  closed_by: z.object({ login: z.string() }).nullish(),
  assignees: z.array(z.object({ login: z.string() })).default([]),
  labels: z.array(z.union([z.string(), z.object({ name: z.string().nullish() })])).default([]),
  pull_request: z.unknown().optional(),
});
export type Issue = z.infer<typeof issue>;

/** GitHub lists pull requests among the issues. */
export function isIssue(given: Issue): boolean {
  return given.pull_request === undefined || given.pull_request === null;
}

export function madeBy({ user: by }: Issue, account: string | null): PastTicket['madeBy'] {
  if (by && by.login === account) return 'us';
  return by?.type === 'Bot' || by?.login.endsWith('[bot]') ? 'bot' : null;
}

export function toTicket(given: Issue, place: string): Ticket {
  const changedAt = new Date(given.updated_at);
  const isClosed = given.state === 'closed';
  return {
    externalId: String(given.number),
    key: `${place}#${given.number}`,
    url: given.html_url,
    title: cleanLine(given.title, TITLE_LIMIT),
    status: isClosed ? endOf(given.state_reason) : 'open',
    statusAt: statusAtOf(given),
    statusBy: isClosed ? (given.closed_by?.login ?? null) : null,
    changedAt,
    assignees: given.assignees.map(({ login }) => ({ id: login, name: login, email: null })),
    labels: given.labels.flatMap((label) => (typeof label === 'string' ? [label] : (label.name ?? []))),
  };
}

/** One that was opened again says so, and not when. */
function statusAtOf({
  state,
  state_reason: reason,
  closed_at: closedAt,
  created_at: createdAt,
  updated_at: updatedAt,
}: Issue): Date {
  if (state === 'closed') return new Date(closedAt ?? updatedAt);
  return new Date(reason === 'reopened' ? updatedAt : createdAt);
}

/** An issue that was closed without a reason was closed as completed, which is GitHub's own default. */
function endOf(reason: string | null | undefined): TicketStatus {
  if (reason === 'not_planned') return 'not_planned';
  return reason === 'duplicate' ? 'duplicate' : 'done';
}

export function stateOf(status: TicketStatus) {
  switch (status) {
    case 'open':
      return { state: 'open' };
    case 'done':
      return { state: 'closed', state_reason: 'completed' };
    case 'not_planned':
    case 'duplicate':
      return { state: 'closed', state_reason: status };
  }
}
