import type { TicketStatus } from '../../src/domain/trackers/ticket-status.ts';
import { startGithub, tokenFor } from './github-server.ts';
import { nextOf, type Place, type Seen, type Side } from './side.ts';

type Issue = {
  number: number;
  title: string;
  body: string | null;
  state: string;
  state_reason: string | null;
  comments: number;
  assignees: { login: string }[];
  labels: { name: string }[];
};

/** Repositories of a GitHub that `emulate` plays. */
export async function startGithubSide(repositories: readonly string[]): Promise<Side> {
  const github = await startGithub(repositories);
  const list = async <T>(path: string): Promise<T[]> => {
    const all: T[] = [];
    for (let page = 1; ; page += 1) {
      const separator = path.includes('?') ? '&' : '?';
      const found = await github.as('ana', 'GET', `${path}${separator}per_page=100&page=${page}`);
      all.push(...(found as unknown as T[]));
      if ((found as unknown as T[]).length < 100) return all;
    }
  };
  const placeOf = (repository: string): Place => {
    const name = `ana/${repository}`;
    const at = (key: string) => `/repos/${name}/issues/${key}`;
    const see = async (issue: Issue): Promise<Seen> => {
      const comments = issue.comments > 0 ? await list<{ body: string }>(`${at(String(issue.number))}/comments`) : [];
      return {
        ...{ key: String(issue.number), title: issue.title, text: issue.body ?? '', status: statusOf(issue) },
        ...{ dueOn: undefined, comments: comments.map(({ body }) => body) },
        assignees: issue.assignees.map(({ login }) => login),
        labels: issue.labels.map(({ name: label }) => label),
      };
    };
    return {
      name,
      connection: (url) => ({
        connection: { kind: 'github', place: name, webUrl: `${url}/${name}`, account: 'burndown-bot' },
        token: tokenFor(repository),
      }),
      addHook: async (url, secret) => {
        const config = { url, content_type: 'json', secret };
        const hook = { name: 'web', active: true, events: ['issues'], config };
        await github.as('ana', 'POST', `/repos/${name}/hooks`, hook);
      },
      statusOf: async (key) => statusOf((await github.as('ana', 'GET', at(key))) as unknown as Issue),
      setStatus: async (key, status) => {
        await github.as('ana', 'PATCH', at(key), {
          state: status === 'open' ? 'open' : 'closed',
          state_reason: { open: 'reopened', done: 'completed', not_planned: 'not_planned', duplicate: 'duplicate' }[
            status
          ],
        });
      },
      rename: async (key, title) => {
        await github.as('ana', 'PATCH', at(key), { title });
      },
      giveOn: async (key) => {
        const { assignees } = (await github.as('ana', 'GET', at(key))) as unknown as Issue;
        const names = assignees.map(({ login }) => login);
        const who = nextOf(names);
        const others = names.filter((login) => login !== who);
        await github.as('ana', 'POST', `${at(key)}/assignees`, { assignees: [who] });
        if (others.length > 0) await github.as('ana', 'DELETE', `${at(key)}/assignees`, { assignees: others });
        return who;
      },
      addLabel: async (key, label) => {
        await github.as('ana', 'POST', `${at(key)}/labels`, { labels: [label] });
      },
      list: async () => {
        const seen: Seen[] = [];
        for (const issue of await list<Issue>(`/repos/${name}/issues?state=all`)) seen.push(await see(issue));
        return seen;
      },
    };
  };
  return {
    ...{ kind: 'github', url: github.url, places: repositories.map(placeOf), close: github.close },
    writeOf: ({ method, path }) => {
      // Whose it was is taken off as a part of giving it to another.
      if (method === 'GET' || (method === 'DELETE' && path.includes('/assignees'))) return null;
      const [, place = '', rest = ''] = /^\/repos\/([^/]+\/[^/]+)\/issues(.*)$/.exec(path) ?? [];
      const number = /^\/(\d+)/.exec(rest)?.[1] ?? '';
      const ticket = `${place} ${number}`;
      if (rest === '') return { what: 'ticket', ticket };
      if (rest === `/${number}`) return { what: 'status', ticket };
      if (rest.includes('/assignees')) return { what: 'assignee', ticket };
      if (rest.includes('/labels')) return { what: 'labels', ticket };
      return { what: method === 'PATCH' ? 'edit of a comment' : 'comment', ticket };
    },
  };
}

function statusOf({ state, state_reason: reason }: Issue): TicketStatus {
  if (state === 'open') return 'open';
  return reason === 'not_planned' || reason === 'duplicate' ? reason : 'done';
}
