import { cleanLine } from '../../domain/text/clean-text.ts';
import type { PastTicket } from '../../domain/trackers/past-ticket.ts';
import type { TicketStatus } from '../../domain/trackers/ticket-status.ts';
import { markdownOf } from '../../domain/trackers/ticket-text.ts';
import type { Access, NewTicket, Ticket, Tracker, TrackerAnswer } from '../../domain/trackers/tracker.ts';
import { beside, readingAll } from '../reading.ts';
import { type AskLinear, createAskLinear } from './ask-linear.ts';
import { accountOf, createLinearAssigning } from './linear-assigning.ts';
import * as linear from './linear-documents.ts';
import { changeLabels } from './linear-labels.ts';

const TITLE_LIMIT = 255;

const MISSING = { trouble: { kind: 'missing' } } as const;

/** The issues of one team. A state is what it is by its type, since every team names its own. */
export function createLinearTracker(
  { place: team, token, account }: Access,
  out: { fetch: typeof fetch; apiUrl: string },
): Tracker {
  const ask = createAskLinear(token, out);
  const isOurs = (by: { displayName: string } | null | undefined) => account === null || by?.displayName === account;
  const update = (id: string, input: Record<string, unknown>) =>
    ask(linear.UPDATE, { id, input }, linear.updated, ({ issueUpdate }) => toTicket(issueUpdate.issue));

  return {
    abilities: { write: markdownOf, textLimit: 60_000, findsAfterMs: 0 },
    introduce: async () => {
      const answer = await ask(linear.INTRODUCE, { team }, linear.introduced, (given) => given);
      if ('trouble' in answer) return answer;
      const { viewer, organization, teams } = answer.ok;
      const [found] = teams.nodes;
      if (!found) return MISSING;
      const [latest] = found.issues.nodes;
      return {
        ok: {
          account: viewer.displayName,
          webUrl: `https://linear.app/${organization.urlKey}/team/${found.key}`,
          isPublic: false,
          latest: latest ? toTicket(latest) : null,
        },
      };
    },
    readTicket: (externalId) => readWithHistory(ask, externalId),
    listChanged: async (since) => {
      const found = await listIssues(ask, linear.CHANGED, team, since);
      if ('trouble' in found) return found;
      const tickets = found.ok.map(toTicket).sort((a, b) => a.changedAt.getTime() - b.changedAt.getTime());
      return { ok: { tickets, isWhole: true } };
    },
    listHistory: async (from) => {
      const variables = { team, since: new Date(0).toISOString(), after: from };
      const found = await ask(linear.HISTORY, variables, linear.historyPage, ({ teams }) => teams.nodes[0]?.issues);
      if ('trouble' in found) return found;
      if (!found.ok) return MISSING;
      const { nodes: raw, pageInfo } = found.ok;
      const read = readingAll({ ok: raw }, linear.issue);
      if ('trouble' in read) return read;
      const past = beside(read.ok, raw).map(({ read: one, record }) => ({
        ...{ ticket: toTicket(one), record: { ...record, labels: one.labels.nodes }, isPullRequest: false },
        madeBy: madeBy(one, account),
      }));
      return { ok: { past, next: pageInfo.hasNextPage ? (pageInfo.endCursor ?? null) : null } };
    },
    createTicket: async ({ title, text, marker }: NewTicket) => {
      const known = await ask(linear.TEAM, { team }, linear.teamId, ({ teams }) => teams.nodes[0]?.id);
      if ('trouble' in known) return known;
      if (!known.ok) return MISSING;
      const wanted = { teamId: known.ok, title: cleanLine(title, TITLE_LIMIT), description: marked(text, marker) };
      return ask(linear.CREATE, wanted, linear.created, ({ issueCreate }) => toTicket(issueCreate.issue));
    },
    findCreated: async (marker, since) => {
      const found = await listIssues(ask, linear.CREATED, team, since);
      if ('trouble' in found) return found;
      const ours = found.ok.find(({ creator, description }) => isOurs(creator) && carries(description, marker));
      return { ok: ours ? toTicket(ours) : null };
    },
    setStatus: async (externalId, status) => {
      const known = await ask(linear.STATES, { id: externalId }, linear.states, ({ issue }) => issue.team.states.nodes);
      if ('trouble' in known) return known;
      const state = stateFor(status, known.ok);
      if (!state)
        return { trouble: { kind: 'refused', words: `The team has no state in which an issue is ${status}.` } };
      return update(externalId, { stateId: state.id });
    },
    setDue: (externalId, dueOn) => update(externalId, { dueDate: dueOn }),
    changeLabels: (externalId, change) => changeLabels(ask, externalId, change),
    assigning: createLinearAssigning(ask, { account, update }),
    comment: (externalId, { text, marker }) =>
      ask(
        linear.COMMENT,
        { id: externalId, body: marked(text, marker) },
        linear.commented,
        ({ commentCreate }) => commentCreate.comment.id,
      ),
    findComment: async (externalId, marker) => {
      for (let after: string | null = null; ; ) {
        const variables: Record<string, unknown> = { id: externalId, after };
        const found = await ask(linear.COMMENTS, variables, linear.commentPage, ({ issue }) => issue.comments);
        if ('trouble' in found) return found;
        const ours = found.ok.nodes.find(({ user, body }) => isOurs(user) && carries(body, marker));
        const { hasNextPage, endCursor } = found.ok.pageInfo;
        if (ours || !hasNextPage || !endCursor) return { ok: ours?.id ?? null };
        after = endCursor;
      }
    },
    editComment: async (_, commentId, { text, marker }) => {
      const wanted = { id: commentId, body: marked(text, marker) };
      return ask(linear.EDIT_COMMENT, wanted, linear.edited, () => null);
    },
  };
}

/** All of a team since an instant: Linear lists what is newest first, so that a part of them would be the wrong one. */
async function listIssues(
  ask: AskLinear,
  document: string,
  team: string,
  since: Date,
): Promise<TrackerAnswer<linear.Issue[]>> {
  const all: linear.Issue[] = [];
  for (let after: string | null = null; ; ) {
    const variables: Record<string, unknown> = { team, since: since.toISOString(), after };
    const found = await ask(document, variables, linear.issuePage, ({ teams }) => teams.nodes[0]?.issues);
    if ('trouble' in found) return found;
    if (!found.ok) return MISSING;
    all.push(...found.ok.nodes);
    const { hasNextPage, endCursor } = found.ok.pageInfo;
    if (!hasNextPage || !endCursor) return { ok: all };
    after = endCursor;
  }
}

/** Who gave an issue its status or its due date, and when, stands in its history alone. */
async function readWithHistory(ask: AskLinear, id: string): Promise<TrackerAnswer<Ticket>> {
  const changes: linear.Change[] = [];
  for (let after: string | null = null; ; ) {
    const variables: Record<string, unknown> = { id, after };
    const read = await ask(linear.READ, variables, linear.withHistory, ({ issue }) => issue);
    if ('trouble' in read) return read;
    const { nodes, pageInfo } = read.ok.history;
    changes.push(...nodes);
    if (pageInfo.hasNextPage && pageInfo.endCursor) {
      after = pageInfo.endCursor;
      continue;
    }
    const ticket = toTicket(read.ok);
    const moved = lastOf(changes.filter((change) => isMoveTo(ticket.status, change)));
    const dated = lastOf(changes.filter((change) => isDateOf(ticket.dueOn ?? null, change)));
    return {
      ok: {
        ...ticket,
        ...(moved && { statusAt: new Date(moved.createdAt), statusBy: moved.actor?.displayName ?? null }),
        ...(dated && { dueSaid: { at: new Date(dated.createdAt), by: dated.actor?.displayName ?? null } }),
      },
    };
  }
}

/** Between two states of the same meaning, as from in progress to in review, nothing has changed. */
function isMoveTo(status: TicketStatus, { fromState, toState }: linear.Change): boolean {
  if (!toState || statusOf(toState.type) !== status || fromState?.type === toState.type) return false;
  return !fromState || statusOf(fromState.type) !== status;
}

function isDateOf(dueOn: string | null, { fromDueDate, toDueDate }: linear.Change): boolean {
  return (fromDueDate ?? null) !== (toDueDate ?? null) && (toDueDate ?? null) === dueOn;
}

function lastOf(changes: readonly linear.Change[]): linear.Change | undefined {
  return [...changes].sort((a, b) => Date.parse(a.createdAt) - Date.parse(b.createdAt)).at(-1);
}

/** An issue that an integration has made names nobody. */
function madeBy({ creator }: linear.Issue, account: string | null): PastTicket['madeBy'] {
  if (!creator) return 'bot';
  return creator.displayName === account ? 'us' : null;
}

function toTicket(given: linear.Issue): Ticket {
  const status = statusOf(given.state.type);
  const changedAt = new Date(given.updatedAt);
  const endedAt = given.completedAt ?? given.canceledAt;
  return {
    externalId: given.identifier,
    key: given.identifier,
    url: given.url,
    title: cleanLine(given.title, TITLE_LIMIT),
    status,
    statusAt: status === 'open' ? new Date(given.createdAt) : new Date(endedAt ?? changedAt),
    statusBy: null,
    changedAt,
    dueOn: given.dueDate ?? null,
    assignees: given.assignee ? [accountOf(given.assignee)] : [],
    labels: given.labels.nodes.map(({ name }) => name),
  };
}

function statusOf(type: string): TicketStatus {
  if (type === 'completed') return 'done';
  if (type === 'canceled') return 'not_planned';
  return type === 'duplicate' ? 'duplicate' : 'open';
}

// A duplicate is one of another issue, which only a person can name there.
const TYPES: Record<TicketStatus, readonly string[]> = {
  open: ['unstarted', 'backlog', 'started', 'triage'],
  done: ['completed'],
  not_planned: ['canceled'],
  duplicate: ['canceled'],
};

/** The first state of a team that means it. */
function stateFor<S extends { type: string; position: number }>(
  status: TicketStatus,
  states: readonly S[],
): S | undefined {
  const byPosition = [...states].sort((a, b) => a.position - b.position);
  const [first] = TYPES[status].flatMap((type) => byPosition.find((state) => state.type === type) ?? []);
  return first;
}

// Linear writes a text anew from its own document and would drop a comment of HTML, so what a text is found by is seen.
function marked(text: string, marker: string): string {
  return `${text}\n\n\`${mark(marker)}\``;
}

function carries(text: string | null | undefined, marker: string): boolean {
  return text?.includes(`\`${mark(marker)}\``) ?? false;
}

const mark = (marker: string) => `burndown:${marker}`;
