import { createHmac } from 'node:crypto';
import { createServer, type IncomingMessage } from 'node:http';
import type { AddressInfo } from 'node:net';
import { withDocuments } from './jira-documents.ts';

export type JiraLogin = 'ana' | 'burndown-bot';
/** Ben has an account, and never comes by. */
type JiraAccount = JiraLogin | 'ben';
/** As Jira Cloud wants it, an e-mail and an API token; Data Center wants the token alone. */
export const jiraTokenOf = (login: JiraLogin, isCloud = true) =>
  isCloud ? `${login}@example.com:token-of-${login}` : `token-of-${login}`;

type Answer = { status: number; body?: unknown };
type History = { id: string; created: string; author: object; items: object[] };
type Comment = { id: string; author: object; body: string; created: string; updated: string };
type Issue = {
  id: string;
  key: string;
  typeId: string;
  summary: string;
  description: string | null;
  statusId: string;
  resolution: string | null;
  resolutiondate: string | null;
  created: string;
  updated: string;
  reporter: JiraLogin;
  assignee: JiraAccount | null;
  duedate: string | null;
  labels: string[];
  histories: History[];
  comments: Comment[];
};

/** What a person does in Jira, beside the bot. */
export type JiraServer = {
  url: string;
  as: (login: JiraLogin, method: string, path: string, body?: unknown) => Promise<Record<string, unknown>>;
  /** Moves an issue to a state, with a resolution or without. */
  move: (login: JiraLogin, key: string, state: string, resolution?: string) => Promise<void>;
  comments: (key: string) => string[];
  hooks: { url: string; secret: string; project: string }[];
  close: () => Promise<void>;
};

const STATUSES = [
  { id: '1', name: 'To Do', category: { id: 2, key: 'new', name: 'To Do', colorName: 'blue-gray' } },
  { id: '2', name: 'In Progress', category: { id: 4, key: 'indeterminate', name: 'In Progress', colorName: 'yellow' } },
  { id: '3', name: 'Closed', category: { id: 3, key: 'done', name: 'Done', colorName: 'green' } },
];
const RESOLUTIONS = ['Fixed', "Won't Do", 'Duplicate'];
const ACCOUNTS: readonly JiraAccount[] = ['ana', 'ben', 'burndown-bot'];
const TYPES = [
  { id: '10', name: 'Sub-task', subtask: true },
  { id: '11', name: 'Story', subtask: false },
  { id: '12', name: 'Bug', subtask: false },
];

/** As much of Jira as the bot asks for: issues, searching, transitions, comments and signed webhooks, in memory. */
export async function startJira({ projects = ['OPS'], isCloud = true, isPublic = false } = {}): Promise<JiraServer> {
  const issues = new Map<string, Issue>();
  const hooks: JiraServer['hooks'] = [];
  let ids = 10_000;
  const nextId = () => {
    ids += 1;
    return String(ids);
  };
  const now = () => new Date().toISOString().replace('Z', '+0000');
  let url = '';

  const idOf = (login: JiraAccount) => (isCloud ? `account-of-${login}` : login);
  const accountOf = (login: JiraAccount) => ({
    ...(isCloud ? { accountId: `account-of-${login}`, accountType: 'atlassian' } : { name: login, key: login }),
    ...{
      displayName: login,
      emailAddress: `${login}@example.com`,
      active: true,
      timeZone: 'Pacific/Auckland',
      self: `${url}/rest/api/2/user`,
    },
  });
  const statusOf = (id: string) => {
    const { name, category } = STATUSES.find((one) => one.id === id) ?? { name: '', category: {} };
    return {
      ...{ self: `${url}/rest/api/2/status/${id}`, id, name, description: '', iconUrl: url },
      statusCategory: category,
    };
  };
  const typeOf = (id: string) => ({
    ...{ self: `${url}/rest/api/2/issuetype/${id}`, description: '', iconUrl: url },
    ...(TYPES.find((one) => one.id === id) ?? { id, name: '', subtask: false }),
  });
  const shown = (issue: Issue) => ({
    ...{ id: issue.id, key: issue.key, self: `${url}/rest/api/2/issue/${issue.id}`, expand: 'changelog' },
    fields: {
      issuetype: typeOf(issue.typeId),
      ...{ summary: issue.summary, description: issue.description, status: statusOf(issue.statusId) },
      resolution: issue.resolution === null ? null : { id: '1', name: issue.resolution, description: '' },
      ...{ resolutiondate: issue.resolutiondate, created: issue.created, updated: issue.updated },
      assignee: issue.assignee && accountOf(issue.assignee),
      ...{ reporter: accountOf(issue.reporter), labels: issue.labels, duedate: issue.duedate },
    },
  });
  const tell = async (webhookEvent: string, issue: Issue) => {
    const body = JSON.stringify({ webhookEvent, timestamp: Date.now(), issue: shown(issue) });
    const mine = hooks.filter(({ project }) => issue.key.startsWith(`${project}-`));
    await Promise.all(
      mine.map((hook) => {
        const signature = `sha256=${createHmac('sha256', hook.secret).update(body).digest('hex')}`;
        const headers = {
          ...{ 'content-type': 'application/json', 'x-hub-signature': signature },
          'x-atlassian-webhook-identifier': nextId(),
        };
        return fetch(hook.url, { method: 'POST', headers, body }).catch(() => {});
      }),
    );
  };

  const move = async (login: JiraLogin, issue: Issue, to: string, resolution: string | null) => {
    const isEnd = statusOf(to).statusCategory;
    const [created, ended] = [now(), 'key' in isEnd && isEnd.key === 'done'];
    const items = [changed('status', issue.statusId, to)];
    const next = ended ? (resolution ?? RESOLUTIONS[0] ?? null) : null;
    if (next !== issue.resolution) items.push(changed('resolution', issue.resolution, next));
    issue.histories.unshift({ id: nextId(), created, author: accountOf(login), items });
    Object.assign(issue, { statusId: to, resolution: next, resolutiondate: ended ? created : null, updated: created });
    await tell('jira:issue_updated', issue);
  };

  const search = (login: JiraLogin, body: Record<string, unknown>): Answer => {
    const jql = String(body.jql);
    const project = /project = "([A-Z0-9_]+)"/.exec(jql)?.[1];
    const [, by, order] = (/ORDER BY (updated|created) (DESC|ASC)$/.exec(jql) ?? []) as [
      string?,
      ('updated' | 'created')?,
      string?,
    ];
    const sign = order === 'ASC' ? -1 : 1;
    if (!project || !by || !projects.includes(project))
      return {
        status: 400,
        body: { errorMessages: [`The value '${project}' does not exist for the field 'project'.`], errors: {} },
      };
    const found = [...issues.values()]
      .filter(({ key }) => key.startsWith(`${project}-`))
      .filter(({ reporter }) => !jql.includes('reporter = currentUser()') || reporter === login)
      .sort((a, b) => sign * (Date.parse(b[by]) - Date.parse(a[by]) || Number(b.id) - Number(a.id)));
    const most = Math.min(Number(body.maxResults ?? 50), 100);
    const from = isCloud ? Number(body.nextPageToken ?? 0) : Number(body.startAt ?? 0);
    const page = found.slice(from, from + most).map(shown);
    const isLast = from + page.length >= found.length;
    if (!isCloud) return { status: 200, body: { startAt: from, maxResults: most, total: found.length, issues: page } };
    return { status: 200, body: { issues: page, isLast, ...(isLast ? {} : { nextPageToken: String(from + most) }) } };
  };

  const create = async (login: JiraLogin, body: Record<string, unknown>): Promise<Answer> => {
    const fields = body.fields as {
      project: { key: string };
      issuetype: { id: string };
      summary: string;
      description: string;
    };
    if (!projects.includes(fields.project.key) || !TYPES.some(({ id }) => id === fields.issuetype.id))
      return { status: 400, body: { errorMessages: [], errors: { project: 'valid project is required' } } };
    const number = [...issues.keys()].filter((key) => key.startsWith(`${fields.project.key}-`)).length + 1;
    const key = `${fields.project.key}-${number}`;
    const issue: Issue = {
      ...{
        id: nextId(),
        key,
        typeId: fields.issuetype.id,
        summary: fields.summary,
        description: fields.description ?? null,
        statusId: '1',
      },
      ...{ resolution: null, resolutiondate: null, created: now(), updated: now(), reporter: login, duedate: null },
      ...{ assignee: null, labels: [], histories: [], comments: [] },
    };
    issues.set(key, issue);
    await tell('jira:issue_created', issue);
    return { status: 201, body: { id: issue.id, key, self: `${url}/rest/api/2/issue/${issue.id}` } };
  };

  const onIssue = async (
    login: JiraLogin,
    method: string,
    key: string,
    rest: string,
    body: Record<string, unknown>,
  ) => {
    const issue = issues.get(key.toUpperCase());
    if (!issue)
      return {
        status: 404,
        body: { errorMessages: ['Issue does not exist or you do not have permission to see it.'], errors: {} },
      };
    if (rest === '' && method === 'GET')
      return {
        status: 200,
        body: {
          ...shown(issue),
          changelog: { startAt: 0, maxResults: 100, total: issue.histories.length, histories: issue.histories },
        },
      };
    if (rest === '' && method === 'PUT') {
      const { labels = [] } = (body.update ?? {}) as { labels?: { add?: string; remove?: string }[] };
      const gone = labels.map(({ remove }) => remove);
      const kept = issue.labels.filter((label) => !gone.includes(label));
      issue.labels = [...new Set([...kept, ...labels.flatMap(({ add }) => add ?? [])])];
      const [from, fields, updated] = [issue.duedate, body.fields as { duedate?: string | null } | undefined, now()];
      if (fields?.duedate !== undefined && fields.duedate !== from) {
        const items = [changed('duedate', from, fields.duedate)];
        issue.histories.unshift({ id: nextId(), created: updated, author: accountOf(login), items });
      }
      Object.assign(issue, fields, { updated });
      await tell('jira:issue_updated', issue);
      return { status: 204 };
    }
    if (rest === '/assignee') {
      const wanted = isCloud ? body.accountId : body.name;
      const to = ACCOUNTS.find((one) => idOf(one) === wanted) ?? null;
      if (wanted !== null && to === null)
        return { status: 400, body: { errorMessages: ['No such user.'], errors: {} } };
      const [from, created] = [issue.assignee, now()];
      const items = [changed('assignee', from && idOf(from), to && idOf(to))];
      if (from !== to) issue.histories.unshift({ id: nextId(), created, author: accountOf(login), items });
      Object.assign(issue, { assignee: to, updated: created });
      await tell('jira:issue_updated', issue);
      return { status: 204 };
    }
    if (rest === '/transitions' && method === 'GET') {
      const fields = {
        resolution: { required: true, name: 'Resolution', allowedValues: RESOLUTIONS.map((name) => ({ name })) },
      };
      const transitions = STATUSES.filter(({ id }) => id !== issue.statusId).map(({ id, name }) => ({
        ...{ id: `${id}1`, name: `To ${name}`, to: statusOf(id), isAvailable: true, isGlobal: true },
        fields: id === '3' ? fields : {},
      }));
      return { status: 200, body: { expand: 'transitions', transitions } };
    }
    if (rest === '/transitions') {
      const { transition, fields } = body as { transition: { id: string }; fields?: { resolution?: { name: string } } };
      const to = transition.id.slice(0, -1);
      if (to === '3' && !fields?.resolution)
        return { status: 400, body: { errorMessages: [], errors: { resolution: 'Resolution is required.' } } };
      await move(login, issue, to, fields?.resolution?.name ?? null);
      return { status: 204 };
    }
    const comment = /^\/comment(?:\/(\d+))?$/.exec(rest);
    if (!comment) return { status: 404, body: {} };
    if (method === 'GET') {
      const comments = issue.comments;
      return { status: 200, body: { startAt: 0, maxResults: 100, total: comments.length, comments } };
    }
    if (comment[1] === undefined) {
      const made = { id: nextId(), author: accountOf(login), body: String(body.body), created: now(), updated: now() };
      issue.comments.push(made);
      issue.updated = made.created;
      // Either Jira tells of a comment as of any change.
      await tell('jira:issue_updated', issue);
      return { status: 201, body: made };
    }
    const known = issue.comments.find(({ id }) => id === comment[1]);
    if (!known) return { status: 404, body: { errorMessages: ['Can not find a comment.'], errors: {} } };
    known.body = String(body.body);
    issue.updated = now();
    await tell('jira:issue_updated', issue);
    return { status: 200, body: known };
  };

  const answer = async (
    login: JiraLogin | null,
    method: string,
    path: string,
    body: Record<string, unknown>,
    query = new URLSearchParams(),
  ): Promise<Answer> => {
    const project = /^\/project\/(\w+)$/.exec(path)?.[1];
    if (project && (login || isPublic)) {
      if (projects.includes(project.toUpperCase()))
        return { status: 200, body: { id: '1', key: project.toUpperCase(), name: project, self: url } };
      return { status: 404, body: { errorMessages: [`No project could be found with key '${project}'.`], errors: {} } };
    }
    if (!login) return { status: project ? 404 : 401, body: {} };
    if (path === '/myself') return { status: 200, body: accountOf(login) };
    if (path === '/status') return { status: 200, body: STATUSES.map(({ id }) => statusOf(id)) };
    if (/^\/issue\/createmeta\/\w+\/issuetypes$/.test(path))
      return {
        status: 200,
        body: { startAt: 0, total: TYPES.length, maxResults: 50, [isCloud ? 'issueTypes' : 'values']: TYPES },
      };
    if (path === (isCloud ? '/search/jql' : '/search')) return search(login, body);
    if (path === '/user/assignable/search') {
      const named = (query.get(isCloud ? 'query' : 'username') ?? '').toLowerCase();
      const found = ACCOUNTS.filter((one) => one.startsWith(named) || `${one}@example.com`.startsWith(named));
      return { status: 200, body: found.map(accountOf) };
    }
    if (path === '/issue') return create(login, body);
    const [, key, rest] = /^\/issue\/([\w-]+)(\/.*)?$/.exec(path) ?? [];
    return key ? onIssue(login, method, key, rest ?? '', body) : { status: 404, body: {} };
  };

  const loginOf = (authorization: string | undefined): JiraLogin | null => {
    const expected = (login: JiraLogin) => {
      const token = jiraTokenOf(login, isCloud);
      return isCloud ? `Basic ${Buffer.from(token).toString('base64')}` : `Bearer ${token}`;
    };
    return (['ana', 'burndown-bot'] as const).find((login) => expected(login) === authorization) ?? null;
  };
  const server = createServer(async (request, response) => {
    const login = loginOf(request.headers.authorization);
    const { pathname, searchParams } = new URL(request.url ?? '', 'http://localhost');
    const path = pathname.replace(/^\/rest\/api\/[23]/, '');
    if (request.headers.authorization && !login) return void response.writeHead(401).end('{}');
    const { status, body } = await answer(login, request.method ?? 'GET', path, await readBody(request), searchParams);
    const told = pathname.startsWith('/rest/api/3') && body !== undefined ? withDocuments(body) : body;
    response
      .writeHead(status, { 'content-type': 'application/json' })
      .end(told === undefined ? '' : JSON.stringify(told));
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  const as: JiraServer['as'] = async (login, method, path, body = {}) => {
    const { status, body: said } = await answer(login, method, path, body as Record<string, unknown>);
    if (status >= 400) throw new Error(`${method} ${path}: ${status} ${JSON.stringify(said)}`);
    return (said ?? {}) as Record<string, unknown>;
  };
  return {
    ...{ url, hooks, as },
    move: async (login, key, state, resolution) => {
      const issue = issues.get(key);
      const to = STATUSES.find(({ name }) => name === state);
      if (!issue || !to) throw new Error(`There is no ${key} or no ${state}.`);
      await move(login, issue, to.id, resolution ?? null);
    },
    comments: (key) => (issues.get(key)?.comments ?? []).map(({ body }) => body),
    close: async () => {
      server.closeAllConnections();
      await new Promise((resolve) => server.close(resolve));
    },
  };
}

function changed(field: string, from: string | null, to: string | null): object {
  return { field, fieldtype: 'jira', from, to, fromString: from ?? '', toString: to ?? '' };
}

async function readBody(request: IncomingMessage): Promise<Record<string, unknown>> {
  const parts: Buffer[] = [];
  for await (const part of request) parts.push(part as Buffer);
  return JSON.parse(Buffer.concat(parts).toString('utf8') || '{}') as Record<string, unknown>;
}
