import { isNull, sql } from 'drizzle-orm';
import { type Db, rows } from '../../src/db/engine/client.ts';
import { defects } from '../../src/db/schema/defects.ts';
import { tickets } from '../../src/db/schema/trackers.ts';
import { statusOf, type TicketStatus } from '../../src/domain/trackers/ticket-status.ts';
import type { DefectState } from '../../src/domain/vocabulary.ts';
import type { Said } from './edits.ts';
import type { GithubServer } from './github-server.ts';

/** What happened to one defect, as far as people and the bot said something. */
export type History = { defectId: number; last: Said | null; title: string | null };

export type Verdict = {
  /** Issues that carry the marker of a ticket that has one already. */
  duplicates: number;
  missing: number;
  /** The last thing that a person said, on the side where they said it, is gone. */
  overwritten: number;
  /** Sides that say something else, where nobody has been asked. */
  differing: number;
  asked: number;
};

type Issue = { number: number; title: string; body: string | null; state: string; state_reason: string | null };

/** Compares both sides with what was said to them. */
export async function judgeTickets(
  db: Db,
  github: GithubServer,
  repositories: readonly string[],
  histories: readonly History[],
): Promise<Verdict> {
  const verdict: Verdict = { duplicates: 0, missing: 0, overwritten: 0, differing: 0, asked: 0 };
  const byMarker = new Map<string, Issue[]>();
  for (const repository of repositories) {
    for (const issue of await listIssues(github, repository)) {
      const marker = /<!-- burndown:([\w-]+) -->/.exec(issue.body ?? '')?.[1];
      if (marker) byMarker.set(marker, [...(byMarker.get(marker) ?? []), issue]);
    }
  }
  const stateOf = new Map((await db.select().from(defects)).map(({ id, state }) => [id, state]));
  const linked = await db.select().from(tickets).where(isNull(tickets.unlinkedAt));
  const ticketOf = new Map(linked.map((ticket) => [ticket.defectId, ticket]));
  const asked = new Set(
    (
      await rows<{ id: number }>(
        db,
        sql`select distinct split_part(dedupe_key, ':', 2)::int as id from outbox where dedupe_key like 'ticket:%'`,
      )
    ).map(({ id }) => id),
  );
  for (const { defectId, last, title } of histories) {
    const ticket = ticketOf.get(defectId);
    const found = byMarker.get(ticket?.marker ?? '') ?? [];
    const [issue] = found;
    verdict.duplicates += Math.max(0, found.length - 1);
    const state = stateOf.get(defectId);
    if (!ticket || !issue || !state) {
      verdict.missing += 1;
      continue;
    }
    const theirs = statusOfIssue(issue);
    if (isOverwritten(last, state, theirs) || (title !== null && issue.title !== title)) {
      verdict.overwritten += 1;
    }
    if (isSame(state, theirs)) continue;
    if (asked.has(ticket.id)) verdict.asked += 1;
    else verdict.differing += 1;
  }
  return verdict;
}

function isOverwritten(last: Said | null, state: DefectState, theirs: TicketStatus): boolean {
  if (!last?.status || last.by === 'bot') return false;
  return last.side === 'tracker' ? theirs !== last.status : statusOf(state) !== last.status;
}

/** Two ways of being closed are one state to whoever has work to do. */
function isSame(state: DefectState, theirs: TicketStatus): boolean {
  return (statusOf(state) === 'open') === (theirs === 'open');
}

function statusOfIssue({ state, state_reason: reason }: Issue): TicketStatus {
  if (state === 'open') return 'open';
  return reason === 'not_planned' ? 'not_planned' : 'done';
}

async function listIssues(github: GithubServer, repository: string): Promise<Issue[]> {
  const all: Issue[] = [];
  for (let page = 1; ; page += 1) {
    const path = `/repos/ana/${repository}/issues?state=all&per_page=100&page=${page}`;
    const found = (await github.as('ana', 'GET', path)) as unknown as Issue[];
    all.push(...found);
    if (found.length < 100) return all;
  }
}
