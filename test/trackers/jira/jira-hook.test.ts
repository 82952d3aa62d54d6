import { createHmac } from 'node:crypto';
import { expect, it } from 'vitest';
import { jiraHook } from '../../../src/trackers/jira/jira-hook.ts';

it.each([
  ['an issue', { webhookEvent: 'jira:issue_updated', issue: { key: 'OPS-7' } }, 'OPS-7'],
  ['a comment on an issue', { webhookEvent: 'comment_created', issue: { key: 'OPS-7' }, comment: {} }, 'OPS-7'],
  ['an issue of another project', { issue: { key: 'OPSEC-7' } }, null],
  ['a sprint', { webhookEvent: 'sprint_started', sprint: {} }, null],
  ['nothing that is known', { issue: { key: 7 } }, null],
])('a webhook about %s is about %s', (_, json, ticket) => {
  expect(jiraHook.ticketIn(json, 'ops')).toBe(ticket);
});

it('a webhook counts where its bytes were signed with the secret', () => {
  const body = Buffer.from('{"issue":{}}');
  const signed = (secret: string) => `sha256=${createHmac('sha256', secret).update(body).digest('hex')}`;
  expect(jiraHook.isGenuine({ body, headers: { 'x-hub-signature': signed('right') } }, 'right')).toBe(true);
  for (const signature of [signed('wrong'), signed('right').replace('sha256=', 'sha1='), signed('right').slice(7)])
    expect(jiraHook.isGenuine({ body, headers: { 'x-hub-signature': signature } }, 'right')).toBe(false);
});
