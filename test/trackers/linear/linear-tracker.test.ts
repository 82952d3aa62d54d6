import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type LinearServer, linearKeyOf, startLinear } from '../../../bench/trackers/linear-server.ts';
import type { Tracker } from '../../../src/domain/trackers/tracker.ts';
import { createLinearTracker } from '../../../src/trackers/linear/linear-tracker.ts';

describe('Linear', () => {
  let linear: LinearServer;
  let tracker: Tracker;
  const open = (token: string, place = 'ENG') =>
    createLinearTracker({ kind: 'linear', place, token, account: 'burndown-bot' }, { fetch, apiUrl: linear.url });
  const created = async (title: string, marker: string) => {
    const answer = await tracker.createTicket({ title, text: 'It loops.', marker });
    if ('trouble' in answer) throw new Error(JSON.stringify(answer.trouble));
    return answer.ok;
  };
  const aMinuteAgo = () => new Date(Date.now() - 60_000);
  beforeAll(async () => {
    linear = await startLinear(['ENG', 'OPS']);
    tracker = open(linearKeyOf('burndown-bot'));
  });
  afterAll(() => linear.close());

  it('says who we are there and which issue changed last, whatever case the team is named in', async () => {
    const ops = open(linearKeyOf('burndown-bot'), 'ops');
    expect(await ops.introduce()).toMatchObject({ ok: { latest: null } });
    await ops.createTicket({ title: 'Deploy hangs', text: '', marker: 'm-0' });
    expect(await ops.introduce()).toMatchObject({
      ok: {
        ...{ account: 'burndown-bot', webUrl: 'https://linear.app/acme/team/OPS', isPublic: false },
        latest: { key: 'OPS-1', title: 'Deploy hangs' },
      },
    });
  });

  it('finds a created issue again by its marker, and only one that our own account made', async () => {
    const ticket = await created('Login loops', 'm-1');
    expect(await tracker.findCreated('m-1', aMinuteAgo())).toEqual({ ok: ticket });
    expect(await tracker.findCreated('m-1', new Date(Date.now() + 60_000))).toEqual({ ok: null });
    expect(await tracker.findCreated('m', aMinuteAgo())).toEqual({ ok: null });
    const copy = await open(linearKeyOf('ana')).createTicket({ title: 'A copy', text: '', marker: 'm-2' });
    expect(copy).toMatchObject({ ok: { title: 'A copy' } });
    expect(await tracker.findCreated('m-2', aMinuteAgo())).toEqual({ ok: null });
  });

  it('finds it past the first page of those that were made since', async () => {
    const ticket = await created('The first of many', 'm-3');
    for (let i = 0; i < 60; i += 1) await created(`One more, ${i}`, `more-${i}`);
    expect(await tracker.findCreated('m-3', aMinuteAgo())).toEqual({ ok: ticket });
    const listed = await tracker.listChanged(aMinuteAgo());
    const tickets = 'ok' in listed ? listed.ok.tickets : [];
    expect(tickets.length).toBeGreaterThan(60);
    expect(tickets.map(({ changedAt }) => changedAt)).toEqual(
      tickets.map(({ changedAt }) => changedAt).sort((a, b) => a.getTime() - b.getTime()),
    );
    expect(await tracker.listChanged(new Date(Date.now() + 60_000))).toEqual({ ok: { tickets: [], isWhole: true } });
  });

  it.each([
    ['Done', 'done'],
    ['Canceled', 'not_planned'],
    ['Duplicate', 'duplicate'],
  ])('an issue that Ana moves to %s is %s, by her', async (state, status) => {
    const { key } = await created(`To be ${status}`, `m-${status}`);
    await linear.move('ana', key, state);
    expect(await tracker.readTicket(key)).toMatchObject({ ok: { status, statusBy: 'ana' } });
  });

  it('moved between two states that both mean open, an issue came to be open when it was made', async () => {
    const ticket = await created('In and out', 'm-4');
    await linear.move('ana', ticket.key, 'In Progress');
    expect(await tracker.readTicket(ticket.key)).toMatchObject({
      ok: { status: 'open', statusAt: ticket.statusAt, statusBy: null },
    });
    await linear.move('ana', ticket.key, 'Done');
    const before = Date.now();
    expect(await tracker.setStatus(ticket.key, 'open')).toMatchObject({ ok: { status: 'open' } });
    expect((await linear.issue(ticket.key)).state.name).toBe('Todo');
    const reopened = await tracker.readTicket(ticket.key);
    expect(reopened).toMatchObject({ ok: { statusBy: 'burndown-bot' } });
    expect('ok' in reopened && reopened.ok.statusAt.getTime()).toBeGreaterThanOrEqual(before);
  });

  it('a merged defect is canceled there, since a duplicate needs the issue that it is one of', async () => {
    const { key } = await created('Twice', 'm-5');
    expect(await tracker.setStatus(key, 'duplicate')).toMatchObject({ ok: { status: 'not_planned' } });
  });

  it('finds a comment of ours by its marker, and edits it in its place', async () => {
    const { key } = await created('Invoice is blank', 'm-6');
    expect(await tracker.findComment(key, 'c-1', aMinuteAgo())).toEqual({ ok: null });
    const written = await tracker.comment(key, { text: 'Two reports.', marker: 'c-1' });
    expect(await tracker.findComment(key, 'c-1', aMinuteAgo())).toEqual(written);
    const id = 'ok' in written ? written.ok : '';
    expect(await tracker.editComment(key, id, { text: 'Three reports.', marker: 'c-1' })).toEqual({ ok: null });
    expect((await linear.issue(key)).comments.nodes).toEqual([{ body: 'Three reports.\n\n`burndown:c-1`' }]);
  });

  it('says what is missing, and that a key is not known any more', async () => {
    expect(await open(linearKeyOf('burndown-bot'), 'NONE').introduce()).toEqual({ trouble: { kind: 'missing' } });
    expect(await open('lin_api_revoked').introduce()).toMatchObject({
      trouble: { kind: 'refused', words: expect.stringContaining('does not know this key') },
    });
  });
});
