import { createHmac } from 'node:crypto';
import { expect, it } from 'vitest';
import { linearHook } from '../../../src/trackers/linear/linear-hook.ts';

it.each([
  ['an issue', { type: 'Issue', data: { identifier: 'ENG-7' } }, 'ENG-7'],
  ['a comment on an issue', { type: 'Comment', data: { issue: { identifier: 'ENG-7' } } }, 'ENG-7'],
  ['an issue of another team', { type: 'Issue', data: { identifier: 'ENGINE-7' } }, null],
  ['a project', { type: 'Project', data: { identifier: 'ENG-7' } }, null],
  ['nothing that is known', { type: 'Issue', data: { identifier: 7 } }, null],
])('a webhook about %s is about %s', (_, json, ticket) => {
  expect(linearHook.ticketIn(json, 'eng')).toBe(ticket);
});

it('a webhook counts where its bytes were signed with the secret', () => {
  const body = Buffer.from('{"type":"Issue"}');
  const signed = (secret: string) => createHmac('sha256', secret).update(body).digest('hex');
  const headers = (signature?: string) => (signature === undefined ? {} : { 'linear-signature': signature });
  expect(linearHook.isGenuine({ body, headers: headers(signed('right')) }, 'right')).toBe(true);
  for (const signature of [signed('wrong'), signed('right').slice(0, 60), 'zz', '', undefined])
    expect(linearHook.isGenuine({ body, headers: headers(signature) }, 'right')).toBe(false);
});
