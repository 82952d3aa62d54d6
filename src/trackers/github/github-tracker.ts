import { z } from 'zod';
import { cleanLine } from '../../domain/text/clean-text.ts';
import { readApp } from '../../domain/trackers/github-app.ts';
import { markdownOf } from '../../domain/trackers/ticket-text.ts';
import type {
  Access,
  NewTicket,
  Ticket,
  Tracker,
  TrackerAnswer,
  TrackerTrouble,
} from '../../domain/trackers/tracker.ts';
import { type AskTracker, createAskTracker, type Explain, retryAfter, waitUntil } from '../ask-tracker.ts';
import { beside, reading, readingAll } from '../reading.ts';
import { createAppAsk, githubHeaders, type InstallationTokens, introduceApp } from './github-app.ts';
import { createGithubAssigning } from './github-assigning.ts';
import { createGithubCode } from './github-code.ts';
import { lastEvent } from './github-events.ts';
import { fromOf, hasCome, nextFrom } from './github-history.ts';
import { type Issue, isIssue, issue, madeBy, stateOf, TITLE_LIMIT, toTicket } from './github-issue.ts';
import { changeLabels } from './github-labels.ts';

const PAGE = 100;
const MOST_PAGES = 10;

const comment = z.object({
  id: z.number(),
  body: z.string().nullish(),
  user: z.object({ login: z.string() }).nullish(),
});
const repository = z.object({
  full_name: z.string(),
  html_url: z.url(),
  has_issues: z.boolean().optional(),
  private: z.boolean(),
});
const user = z.object({ login: z.string() });

/**
 * The issues of one repository, https://docs.github.com/en/rest/issues. An issue is looked for among those that our own
 * account created, in the order of their creation: GitHub's search knows a new one only after a while.
 */
export function createGithubTracker(
  { place, token, account }: Access,
  out: { fetch: typeof fetch; apiUrl: string; tokens: InstallationTokens },
): Tracker {
  const app = readApp(token);
  const { tokens } = out;
  const ask = app
    ? createAppAsk(app, out, tokens, explain)
    : createAskTracker({ baseUrl: out.apiUrl, fetch: out.fetch, headers: githubHeaders(token), explain });
  const whoWeAre = async () =>
    app
      ? introduceApp(app, out, tokens)
      : reading(await ask({ method: 'GET', path: '/user' }), user, ({ login }) => login);
  const repo = `/repos/${place}`;
  const at = (externalId: string) => `${repo}/issues/${encodeURIComponent(externalId)}`;
  const ticketOf = (given: Issue) => toTicket(given, place);
  const one = async (answer: Promise<TrackerAnswer<unknown>>) => reading(await answer, issue, ticketOf);
  const changedPage = (since: string, page: number) => {
    const query = `state=all&sort=updated&direction=asc&per_page=${PAGE}&page=${page}&since=${encodeURIComponent(since)}`;
    return ask({ method: 'GET', path: `${repo}/issues?${query}` });
  };
  const isOurs = ({ user: by }: { user?: { login: string } | null | undefined }) =>
    account === null || by?.login === account;

  return {
    abilities: { write: markdownOf, textLimit: 60_000, findsAfterMs: 0 },
    introduce: async () => introduce(ask, await whoWeAre(), { repo, ticketOf }),
    readTicket: async (externalId) => {
      const read = reading(await ask({ method: 'GET', path: at(externalId) }), issue, (given) => given);
      if ('trouble' in read || read.ok.state !== 'open' || read.ok.state_reason !== 'reopened')
        return map(read, ticketOf);
      const last = await lastReopening(ask, at(externalId));
      // Without it nobody knows whether a person wants it so.
      if ('trouble' in last) return last;
      if (!last.ok) return map(read, ticketOf);
      return { ok: { ...ticketOf(read.ok), ...last.ok } };
    },
    listChanged: async (since) => {
      const tickets: Ticket[] = [];
      for (let page = 1; page <= MOST_PAGES; page += 1) {
        const found = readingAll(await changedPage(since.toISOString(), page), issue);
        if ('trouble' in found) return found;
        tickets.push(...found.ok.filter(isIssue).map(ticketOf));
        if (found.ok.length < PAGE) return { ok: { tickets, isWhole: true } };
      }
      return { ok: { tickets, isWhole: false } };
    },
    // In the order of changes: counted pages alone would miss what moves up when an issue is deleted.
    listHistory: async (from) => {
      const place = fromOf(from);
      const answer = await changedPage(place.since, place.page);
      if ('trouble' in answer) return answer;
      const found = readingAll(answer, issue);
      if ('trouble' in found) return found;
      const past = beside(found.ok, answer.ok)
        .filter(({ read }) => !hasCome(place, read))
        .map(({ read, record }) => ({
          ...{ ticket: ticketOf(read), record, isPullRequest: !isIssue(read) },
          madeBy: madeBy(read, account),
        }));
      return { ok: { past, next: found.ok.length < PAGE ? null : nextFrom(place, found.ok) } };
    },
    createTicket: ({ title, text, marker }: NewTicket) =>
      one(
        ask({
          method: 'POST',
          path: `${repo}/issues`,
          body: { title: cleanLine(title, TITLE_LIMIT), body: marked(text, marker) },
        }),
      ),
    findCreated: async (marker, since) => {
      // Whether GitHub finds what an app created by its name is not said anywhere.
      const by = account === null || app ? '' : `&creator=${encodeURIComponent(account)}`;
      for (let page = 1; ; page += 1) {
        const query = `state=all&sort=created&direction=desc&per_page=${PAGE}&page=${page}${by}&since=${encodeURIComponent(since.toISOString())}`;
        const found = readingAll(await ask({ method: 'GET', path: `${repo}/issues?${query}` }), issue);
        if ('trouble' in found) return found;
        const ours = found.ok.find((given) => isIssue(given) && isOurs(given) && carries(given.body, marker));
        if (ours || found.ok.length < PAGE) return { ok: ours ? ticketOf(ours) : null };
      }
    },
    setStatus: (externalId, status) => one(ask({ method: 'PATCH', path: at(externalId), body: stateOf(status) })),
    comment: async (externalId, { text, marker }) => {
      const body = { body: marked(text, marker) };
      return reading(await ask({ method: 'POST', path: `${at(externalId)}/comments`, body }), comment, ({ id }) =>
        String(id),
      );
    },
    findComment: async (externalId, marker, since) => {
      for (let page = 1; ; page += 1) {
        const query = `per_page=${PAGE}&page=${page}&since=${encodeURIComponent(since.toISOString())}`;
        const found = readingAll(await ask({ method: 'GET', path: `${at(externalId)}/comments?${query}` }), comment);
        if ('trouble' in found) return found;
        const ours = found.ok.find((given) => isOurs(given) && carries(given.body, marker));
        if (ours || found.ok.length < PAGE) return { ok: ours ? String(ours.id) : null };
      }
    },
    editComment: async (_, commentId, { text, marker }) => {
      const path = `${repo}/issues/comments/${encodeURIComponent(commentId)}`;
      const answer = await ask({ method: 'PATCH', path, body: { body: marked(text, marker) } });
      return 'ok' in answer ? { ok: null } : answer;
    },
    changeLabels: (externalId, change) => changeLabels(ask, at(externalId), change),
    assigning: createGithubAssigning(ask, { at, account, read: one }),
    code: createGithubCode(ask, repo),
  };
}

async function introduce(
  ask: AskTracker,
  me: TrackerAnswer<string>,
  { repo, ticketOf }: { repo: string; ticketOf: (given: Issue) => Ticket },
) {
  if ('trouble' in me) return me;
  const known = reading(await ask({ method: 'GET', path: repo }), repository, (given) => given);
  if ('trouble' in known) return known;
  if (known.ok.has_issues === false)
    return {
      trouble: refused('Issues are switched off in this repository. Switch them on in its settings on GitHub.'),
    };
  const query = `state=all&sort=updated&direction=desc&per_page=10`;
  const found = readingAll(await ask({ method: 'GET', path: `${repo}/issues?${query}` }), issue);
  if ('trouble' in found) return found;
  const latest = found.ok.find(isIssue);
  return {
    ok: {
      account: me.ok,
      webUrl: known.ok.html_url,
      isPublic: !known.ok.private,
      latest: latest ? ticketOf(latest) : null,
    },
  };
}

/** When and by whom an issue was opened again, which the issue itself does not say. */
async function lastReopening(
  ask: AskTracker,
  path: string,
): Promise<TrackerAnswer<{ statusAt: Date; statusBy: string | null } | null>> {
  const last = await lastEvent(ask, path, ['reopened']);
  return map(last, (given) => given && { statusAt: new Date(given.created_at), statusBy: given.actor?.login ?? null });
}

function map<A, B>(answer: TrackerAnswer<A>, make: (given: A) => B): TrackerAnswer<B> {
  return 'trouble' in answer ? answer : { ok: make(answer.ok) };
}

function marked(text: string, marker: string): string {
  return `${text}\n\n<!-- burndown:${marker} -->`;
}

function carries(body: string | null | undefined, marker: string): boolean {
  return body?.includes(`<!-- burndown:${marker} -->`) ?? false;
}

const explain: Explain = (status, body, headers) => {
  if (status === 401) return refused('GitHub does not know this token any more. Make a new one and connect again.');
  if (status !== 403) return refused(`GitHub refused it (${status}).`);
  const afterMs = waitOf(headers);
  // GitHub tells its limits as refusals.
  if (afterMs !== null || isLimit(body)) return { kind: 'limited', afterMs };
  return refused(
    'GitHub does not let this token or app do that. It needs read and write access to the issues of the repository.',
  );
};

/** Where nothing is left until then, GitHub names the instant of reset. */
function waitOf(headers: Headers): number | null {
  const told = retryAfter(headers);
  if (told !== null || headers.get('x-ratelimit-remaining') !== '0') return told;
  return waitUntil(Number(headers.get('x-ratelimit-reset')) * 1000, headers);
}

function isLimit(body: unknown): boolean {
  const words = typeof body === 'object' && body !== null && 'message' in body ? String(body.message) : '';
  return /rate limit|abuse/i.test(words);
}

function refused(words: string): TrackerTrouble {
  return { kind: 'refused', words };
}
