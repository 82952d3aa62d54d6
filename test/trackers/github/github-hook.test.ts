import { expect, it } from 'vitest';
import { githubHook } from '../../../src/trackers/github/github-hook.ts';

const issue = { number: 7 };
const repository = { full_name: 'acme/api' };

it.each([
  ['an issue', { issue, repository }, '7'],
  ['a comment on an issue', { issue, repository, comment: { id: 1 } }, '7'],
  ['a pull request', { issue: { number: 7, pull_request: {} }, repository }, null],
  ['an issue elsewhere', { issue, repository: { full_name: 'acme/other' } }, null],
  ['a ping', { zen: 'Keep it logically awesome.', repository }, null],
  ['numbers that are none', { issue: { number: '7' }, repository }, null],
  ['names twice over', { issue: { number: -1 }, repository: { full_name: 7 } }, null],
])('a webhook about %s is about %s', (_, json, ticket) => {
  expect(githubHook.ticketIn(json, 'Acme/api')).toBe(ticket);
});
