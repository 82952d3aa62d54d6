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

it.each([
  ['pull_request', { action: 'closed', pull_request: { merged: true }, repository }, true],
  ['pull_request', { action: 'edited', pull_request: { merged: true }, repository }, true],
  ['pull_request', { action: 'closed', pull_request: { merged: false }, repository }, false],
  ['pull_request', { action: 'opened', pull_request: { merged: false }, repository }, false],
  ['release', { action: 'published', repository }, true],
  ['release', { action: 'deleted', repository }, false],
  ['deployment_status', { deployment_status: { state: 'success' }, repository }, true],
  ['deployment_status', { deployment_status: { state: 'failure' }, repository }, false],
  ['release', { action: 'published', repository: { full_name: 'acme/other' } }, false],
  ['push', { repository }, false],
  [undefined, { action: 'published', repository }, false],
  ['pull_request', { pull_request: 'merged', repository: 7 }, false],
])('a webhook %s of %j tells of merged code: %s', (event, json, tells) => {
  expect(githubHook.tellsOfCode?.({ 'x-github-event': event }, json, 'Acme/api')).toBe(tells);
});
