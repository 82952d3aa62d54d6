import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type JiraServer, jiraTokenOf, startJira } from '../../../bench/trackers/jira-server.ts';
import type { Tracker } from '../../../src/domain/trackers/tracker.ts';
import { createJiraTracker } from '../../../src/trackers/jira/jira-tracker.ts';

describe.each([
  ['Jira Cloud', true],
  ['Jira Data Center', false],
])('%s', (_, isCloud) => {
  let jira: JiraServer;
  let tracker: Tracker;
  const bot = isCloud ? 'account-of-burndown-bot' : 'burndown-bot';
  const ana = isCloud ? 'account-of-ana' : 'ana';
  const open = (token: string, place = 'OPS') =>
    createJiraTracker({ kind: 'jira', place, token, account: bot, site: jira.url }, { fetch });
  const created = async (title: string, marker: string, by = tracker) => {
    const answer = await by.createTicket({ title, text: 'It loops.', marker });
    if ('trouble' in answer) throw new Error(JSON.stringify(answer.trouble));
    return answer.ok;
  };
  const aMinuteAgo = () => new Date(Date.now() - 60_000);
  beforeAll(async () => {
    jira = await startJira({ isCloud, projects: ['OPS', 'API'] });
    tracker = open(jiraTokenOf('burndown-bot', isCloud));
  });
  afterAll(() => jira.close());

  it('says who we are there and which issue changed last', async () => {
    const api = open(jiraTokenOf('burndown-bot', isCloud), 'API');
    expect(await api.introduce()).toMatchObject({
      ok: {
        account: bot,
        accountName: 'burndown-bot',
        webUrl: `${jira.url}/browse/API`,
        isPublic: false,
        latest: null,
      },
    });
    await created('Deploy hangs', 'm-0', api);
    expect(await api.introduce()).toMatchObject({ ok: { latest: { key: 'API-1', title: 'Deploy hangs' } } });
  });

  it('makes a bug, finds it again by its marker, and only one that our own account made', async () => {
    const ticket = await created('Login loops', 'm-1');
    expect(ticket).toMatchObject({ status: 'open', url: `${jira.url}/browse/${ticket.key}` });
    expect(await tracker.findCreated('m-1', aMinuteAgo())).toEqual({ ok: ticket });
    expect(await tracker.findCreated('m-1', new Date(Date.now() + 60_000))).toEqual({ ok: null });
    await created('A copy', 'm-2', open(jiraTokenOf('ana', isCloud)));
    expect(await tracker.findCreated('m-2', aMinuteAgo())).toEqual({ ok: null });
  });

  it('leaves an issue that has ended as it ended, where no transition leads to the other end', async () => {
    const { key } = await created('Ended twice', 'm-ended');
    await jira.move('ana', key, 'Closed', 'Fixed');
    expect(await tracker.setStatus(key, 'not_planned')).toMatchObject({ ok: { status: 'done', statusBy: ana } });
  });

  it('has made an issue also where it could not be read after that', async () => {
    const cutOff: typeof fetch = async (input, init) =>
      String(input).includes('expand=changelog') ? new Response('{}', { status: 503 }) : fetch(input, init);
    const access = { kind: 'jira', place: 'API', account: bot, site: jira.url } as const;
    const cut = createJiraTracker({ ...access, token: jiraTokenOf('burndown-bot', isCloud) }, { fetch: cutOff });
    const made = await cut.createTicket({ title: 'Half seen', text: 'It loops.', marker: 'm-half' });
    const found = await open(jiraTokenOf('burndown-bot', isCloud), 'API').findCreated('m-half', aMinuteAgo());
    if ('trouble' in made || 'trouble' in found) throw new Error('It was not made.');
    expect(made.ok).toMatchObject({ key: found.ok?.key, title: 'Half seen', status: 'open' });
    expect(made.ok.changedAt < (found.ok?.changedAt ?? new Date(0))).toBe(true);
  });

  it('finds and lists past the first page', async () => {
    const ticket = await created('The first of many', 'm-3');
    for (let i = 0; i < 120; i += 1) await created(`One more, ${i}`, `more-${i}`);
    expect(await tracker.findCreated('m-3', aMinuteAgo())).toEqual({ ok: ticket });
    const listed = await tracker.listChanged(aMinuteAgo());
    const tickets = 'ok' in listed ? listed.ok.tickets : [];
    expect(tickets.length).toBeGreaterThan(120);
    expect(tickets.at(-1)?.title).toBe('One more, 119');
    expect(await tracker.listChanged(new Date(Date.now() + 60_000))).toEqual({ ok: { tickets: [], isWhole: true } });
  });

  it.each([
    ['Fixed', 'done'],
    ["Won't Do", 'not_planned'],
    ['Duplicate', 'duplicate'],
  ])('an issue that Ana closes as %s is %s, by her, and closed so by us', async (resolution, status) => {
    const { key } = await created(`To be ${status}`, `m-${status}`);
    await jira.move('ana', key, 'Closed', resolution);
    expect(await tracker.readTicket(key)).toMatchObject({ ok: { status, statusBy: ana } });
    const other = await created(`To be ${status} by us`, `o-${status}`);
    expect(await tracker.setStatus(other.key, status as 'done')).toMatchObject({ ok: { status, statusBy: bot } });
    expect(await jira.as('ana', 'GET', `/issue/${other.key}`)).toMatchObject({
      fields: { resolution: { name: resolution } },
    });
  });

  it('an issue that moves between two open states came to be open when it was made', async () => {
    const ticket = await created('In and out', 'm-4');
    await jira.move('ana', ticket.key, 'In Progress');
    expect(await tracker.readTicket(ticket.key)).toMatchObject({
      ok: { status: 'open', statusAt: ticket.statusAt, statusBy: null },
    });
    await jira.move('ana', ticket.key, 'Closed');
    expect(await tracker.setStatus(ticket.key, 'open')).toMatchObject({ ok: { status: 'open', statusBy: bot } });
    expect(await jira.as('ana', 'GET', `/issue/${ticket.key}`)).toMatchObject({
      fields: { status: { name: 'To Do' }, resolution: null },
    });
  });

  it('finds a comment of ours by its marker, and edits it in its place', async () => {
    const { key } = await created('Invoice is blank', 'm-5');
    expect(await tracker.findComment(key, 'c-1', aMinuteAgo())).toEqual({ ok: null });
    const written = await tracker.comment(key, { text: 'Two reports.', marker: 'c-1' });
    expect(await tracker.findComment(key, 'c-1', aMinuteAgo())).toEqual(written);
    const id = 'ok' in written ? written.ok : '';
    expect(await tracker.editComment(key, id, { text: 'Three reports.', marker: 'c-1' })).toEqual({ ok: null });
    expect(jira.comments(key)).toEqual(['Three reports.\n\n{{burndown:c-1}}']);
    expect(await tracker.editComment(key, '1', { text: '', marker: 'c-1' })).toEqual({ trouble: { kind: 'missing' } });
  });

  it('says what is missing, and that a token is not known any more', async () => {
    expect(await tracker.readTicket('OPS-9999')).toEqual({ trouble: { kind: 'missing' } });
    expect(await open(jiraTokenOf('burndown-bot', isCloud), 'NONE').introduce()).toEqual({
      trouble: { kind: 'missing' },
    });
    expect(await open(isCloud ? 'a@example.com:revoked' : 'revoked-token').introduce()).toMatchObject({
      trouble: { kind: 'refused', words: expect.stringContaining('does not know this token') },
    });
  });
});

it('a project that somebody without an account can look at is known to be public', async () => {
  const jira = await startJira({ isPublic: true });
  const access = {
    kind: 'jira',
    place: 'OPS',
    token: jiraTokenOf('burndown-bot'),
    account: null,
    site: jira.url,
  } as const;
  expect(await createJiraTracker(access, { fetch }).introduce()).toMatchObject({ ok: { isPublic: true } });
  await jira.close();
});
