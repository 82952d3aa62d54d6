import { cleanLine } from '../../domain/text/clean-text.ts';
import type { PastTicket } from '../../domain/trackers/past-ticket.ts';
import type { Access, NewTicket, Ticket, Tracker, TrackerAnswer } from '../../domain/trackers/tracker.ts';
import { wikiOf } from '../../domain/trackers/wiki-text.ts';
import { type AskTracker, createAskTracker } from '../ask-tracker.ts';
import { beside, reading, readingAll } from '../reading.ts';
import { createAskJira, isCloudToken, refused } from './ask-jira.ts';
import { accountsOf, createJiraAssigning, idOf } from './jira-assigning.ts';
import * as jira from './jira-schemas.ts';
import { lastChangeOf, lastDated, moveTo, statusOf } from './jira-status.ts';

const TITLE_LIMIT = 255;
const PAGE = 100;
// Jira searches an index that follows its issues after a moment, at most after this as long as all is well there.
const FINDS_AFTER_MS = 60_000;

const DONE = { ok: null };

/** The issues of one project, https://developer.atlassian.com/cloud/jira/platform/rest/v2/intro/. */
export function createJiraTracker(
  { place: project, token, account, site }: Access,
  { fetch }: { fetch: typeof globalThis.fetch },
): Tracker {
  const base = site ?? '';
  const ask = createAskJira({ site: base, token }, fetch);
  const isCloud = isCloudToken(token);
  const toTicket = (given: jira.Issue) => ticketOf(given, base);
  const search = (jql: string, isTooOld: (given: jira.Issue) => boolean, most?: number) =>
    searchAll(ask, isCloud, { jql, isTooOld, most });
  const isOurs = (by: jira.Account) => account === null || idOf(by) === account;
  const at = (externalId: string) => `/issue/${encodeURIComponent(externalId)}`;

  const read = async (externalId: string): Promise<TrackerAnswer<Ticket>> => {
    const path = `${at(externalId)}?fields=${jira.FIELDS.join(',')}&expand=changelog`;
    const known = reading(await ask({ method: 'GET', path }), jira.issue, (given) => given);
    if ('trouble' in known) return known;
    const histories = known.ok.changelog?.histories ?? [];
    const dated = lastDated(histories);
    const ticket = {
      ...toTicket(known.ok),
      ...(dated && { dueSaid: { at: dated.created, by: idOf(dated.author) } }),
    };
    if (!histories.some(({ items }) => items.some(({ field }) => field === 'status'))) return { ok: ticket };
    const categories = reading(await ask({ method: 'GET', path: '/status' }), jira.statuses, (all) => all);
    if ('trouble' in categories) return categories;
    const categoryOf = new Map(categories.ok.map(({ id, statusCategory }) => [id, statusCategory.key]));
    const last = lastChangeOf(ticket.status, histories, categoryOf);
    return { ok: last ? { ...ticket, statusAt: last.created, statusBy: idOf(last.author) } : ticket };
  };

  return {
    abilities: { write: wikiOf, textLimit: 30_000, findsAfterMs: FINDS_AFTER_MS },
    introduce: async () => {
      const me = reading(await ask({ method: 'GET', path: '/myself' }), jira.me, (given) => given);
      if ('trouble' in me) return me;
      const path = `/project/${encodeURIComponent(project)}`;
      const known = reading(await ask({ method: 'GET', path }), jira.project, ({ key }) => key);
      if ('trouble' in known) return known;
      const latest = await search(`project = "${project}" ORDER BY updated DESC`, () => false, 1);
      if ('trouble' in latest) return latest;
      const [first] = latest.ok;
      return {
        ok: {
          account: idOf(me.ok) ?? '',
          accountName: me.ok.displayName,
          webUrl: `${base}/browse/${known.ok}`,
          isPublic: await isPublic(base, path, fetch),
          latest: first ? toTicket(first) : null,
        },
      };
    },
    readTicket: read,
    // Instants in a search are of the time zone of whoever asks: what is too old is told by its own instant instead.
    listChanged: async (since) => {
      const found = await search(
        `project = "${project}" ORDER BY updated DESC`,
        ({ fields }) => fields.updated < since,
      );
      if ('trouble' in found) return found;
      return { ok: { tickets: found.ok.map(toTicket).reverse(), isWhole: true } };
    },
    listHistory: async (from) => {
      const body = {
        jql: `project = "${project}" ORDER BY created ASC`,
        fields: jira.HISTORY_FIELDS,
        maxResults: PAGE,
      };
      const startAt = Number(from ?? 0);
      const place = isCloud ? (from === null ? {} : { nextPageToken: from }) : { startAt };
      const path = isCloud ? '/search/jql' : '/search';
      const answer = await ask({ method: 'POST', path, body: { ...body, ...place }, isRead: true });
      const found = reading(answer, jira.historyPage, (given) => given);
      if ('trouble' in found) return found;
      const { issues: raw, nextPageToken, total } = found.ok;
      const read = readingAll({ ok: raw }, jira.issue);
      if ('trouble' in read) return read;
      const past = beside(read.ok, raw).map(({ read: one, record }) => ({
        ...{ ticket: toTicket(one), record, isPullRequest: false },
        madeBy: madeBy(one, account),
      }));
      const upTo = startAt + raw.length;
      const next = isCloud ? (nextPageToken ?? null) : upTo < (total ?? 0) ? String(upTo) : null;
      return { ok: { past, next: raw.length === 0 ? null : next } };
    },
    createTicket: async ({ title, text, marker }: NewTicket) => {
      const type = await issueTypeOf(ask, project);
      if ('trouble' in type) return type;
      const fields = {
        ...{ project: { key: project }, issuetype: { id: type.ok } },
        ...{ summary: cleanLine(title, TITLE_LIMIT), description: marked(text, marker) },
      };
      const made = reading(
        await ask({ method: 'POST', path: '/issue', body: { fields } }),
        jira.created,
        ({ key }) => key,
      );
      if ('trouble' in made) return made;
      const known = await read(made.ok);
      return 'ok' in known ? known : { ok: unread(made.ok, { title: fields.summary, site: base }) };
    },
    findCreated: async (marker, since) => {
      const jql = `project = "${project}" AND reporter = currentUser() ORDER BY created DESC`;
      const found = await search(jql, ({ fields }) => fields.created < since);
      if ('trouble' in found) return found;
      const ours = found.ok.find(({ fields }) => isOurs(fields.reporter) && carries(fields.description, marker));
      return { ok: ours ? toTicket(ours) : null };
    },
    setStatus: async (externalId, status) => {
      const path = `${at(externalId)}/transitions`;
      const ways = reading(
        await ask({ method: 'GET', path: `${path}?expand=transitions.fields` }),
        jira.transitions,
        ({ transitions }) => transitions,
      );
      if ('trouble' in ways) return ways;
      const move = moveTo(status, ways.ok);
      if (!move) {
        const known = await read(externalId);
        // Few workflows lead from one end to another: how it ended is what a person said there.
        if ('trouble' in known || (known.ok.status !== 'open' && status !== 'open')) return known;
        const wanted = status === 'open' ? 'opens it again' : 'closes it';
        const words = `The workflow of ${project} has no transition that ${wanted} from where it is. Add one, or move the issue by hand.`;
        return { trouble: refused(words) };
      }
      const fields = move.resolution === null ? {} : { fields: { resolution: { name: move.resolution } } };
      const moved = await ask({ method: 'POST', path, body: { transition: { id: move.id }, ...fields } });
      return 'trouble' in moved ? moved : read(externalId);
    },
    setDue: async (externalId, dueOn) => {
      const set = await ask({ method: 'PUT', path: at(externalId), body: { fields: { duedate: dueOn } } });
      return 'trouble' in set ? set : read(externalId);
    },
    changeLabels: async (externalId, { add, remove }) => {
      const labels = [...add.map((label) => ({ add: label })), ...remove.map((label) => ({ remove: label }))];
      const set = await ask({ method: 'PUT', path: at(externalId), body: { update: { labels } } });
      return 'trouble' in set ? set : DONE;
    },
    assigning: createJiraAssigning(ask, { project, isCloud, account, at, read }),
    comment: async (externalId, { text, marker }) => {
      const body = { body: marked(text, marker) };
      return reading(
        await ask({ method: 'POST', path: `${at(externalId)}/comment`, body }),
        jira.oneComment,
        ({ id }) => id,
      );
    },
    findComment: async (externalId, marker) => {
      for (let startAt = 0; ; startAt += PAGE) {
        const path = `${at(externalId)}/comment?startAt=${startAt}&maxResults=${PAGE}`;
        const found = reading(await ask({ method: 'GET', path }), jira.commentPage, (given) => given);
        if ('trouble' in found) return found;
        const ours = found.ok.comments.find(({ author, body }) => isOurs(author) && carries(body, marker));
        if (ours || startAt + found.ok.comments.length >= found.ok.total || found.ok.comments.length === 0)
          return { ok: ours?.id ?? null };
      }
    },
    editComment: async (externalId, commentId, { text, marker }) => {
      const path = `${at(externalId)}/comment/${encodeURIComponent(commentId)}`;
      const answer = await ask({ method: 'PUT', path, body: { body: marked(text, marker) } });
      return 'trouble' in answer ? answer : DONE;
    },
  };
}

/** What a search finds, the newest first, up to the first that is too old, and to as many as are wanted. */
async function searchAll(
  ask: AskTracker,
  isCloud: boolean,
  {
    jql,
    isTooOld,
    most = Number.POSITIVE_INFINITY,
  }: { jql: string; isTooOld: (given: jira.Issue) => boolean; most?: number | undefined },
): Promise<TrackerAnswer<jira.Issue[]>> {
  const all: jira.Issue[] = [];
  for (let next: { nextPageToken?: string; startAt?: number } = {}; ; ) {
    const body = { jql, fields: jira.FIELDS, maxResults: Math.min(PAGE, most), ...next };
    const path = isCloud ? '/search/jql' : '/search';
    const found = reading(await ask({ method: 'POST', path, body, isRead: true }), jira.issuePage, (given) => given);
    if ('trouble' in found) return found;
    const { issues, nextPageToken, total } = found.ok;
    const old = issues.findIndex(isTooOld);
    all.push(...(old < 0 ? issues : issues.slice(0, old)));
    const isLast = isCloud ? !nextPageToken : (next.startAt ?? 0) + issues.length >= (total ?? 0);
    if (old >= 0 || isLast || issues.length === 0 || all.length >= most) return { ok: all };
    next = isCloud ? { nextPageToken: nextPageToken ?? '' } : { startAt: (next.startAt ?? 0) + issues.length };
  }
}

/** A bug where the project has such a type, and else the first that stands by itself. */
async function issueTypeOf(ask: AskTracker, project: string): Promise<TrackerAnswer<string>> {
  const path = `/issue/createmeta/${encodeURIComponent(project)}/issuetypes`;
  const known = reading(await ask({ method: 'GET', path }), jira.issueTypes, (all) => all);
  if ('trouble' in known) return known;
  const own = known.ok.filter(({ subtask }) => !subtask);
  const type = own.find(({ name }) => /^bug$/i.test(name)) ?? own[0];
  return type ? { ok: type.id } : { trouble: refused(`${project} has no type of issue that this account may create.`) };
}

/** Whether somebody without an account can look at it. */
async function isPublic(site: string, path: string, fetch: typeof globalThis.fetch): Promise<boolean> {
  const asNobody = createAskTracker({
    ...{ baseUrl: `${site}/rest/api/2`, headers: { accept: 'application/json' }, fetch },
    explain: () => ({ kind: 'missing' }),
  });
  return 'ok' in reading(await asNobody({ method: 'GET', path }), jira.project, () => null);
}

function madeBy({ fields }: jira.Issue, account: string | null): PastTicket['madeBy'] {
  if (account !== null && idOf(fields.reporter) === account) return 'us';
  return fields.reporter?.accountType === 'app' ? 'bot' : null;
}

function ticketOf({ key, fields }: jira.Issue, site: string): Ticket {
  const status = statusOf(fields);
  return {
    ...{ externalId: key, key, url: `${site}/browse/${key}` },
    title: cleanLine(fields.summary, TITLE_LIMIT),
    status,
    statusAt: status === 'open' ? fields.created : (fields.resolutiondate ?? fields.updated),
    statusBy: null,
    changedAt: fields.updated,
    dueOn: fields.duedate ?? null,
    assignees: accountsOf(fields.assignee),
    labels: fields.labels,
  };
}

/** One that is there by what was answered to its making, and that could not be read then: whatever is read later is newer. */
function unread(key: string, { title, site }: { title: string; site: string }): Ticket {
  const never = new Date(0);
  return {
    ...{ externalId: key, key, url: `${site}/browse/${key}`, title, status: 'open' },
    ...{ statusAt: never, statusBy: null, changedAt: never, labels: [] },
  };
}

// Jira has no comment that is not seen.
function marked(text: string, marker: string): string {
  return `${text}\n\n${mark(marker)}`;
}

function carries(text: string | null | undefined, marker: string): boolean {
  return text?.includes(mark(marker)) ?? false;
}

const mark = (marker: string) => `{{burndown:${marker}}}`;
