import { expect, test } from 'vitest';
import { readPermalink } from '../../page/permalink.ts';

test.each([
  ['http://127.0.0.1:3100/archives/C0GENERAL/p1795884056844000', { channel: 'C0GENERAL', ts: '1795884056.844000' }],
  ['https://harbour.slack.com/archives/D01/p1795884056000100', { channel: 'D01', ts: '1795884056.000100' }],
  [
    'http://localhost:1/archives/C1/p1795884056844000?thread_ts=1795884000.000100&cid=C1',
    { channel: 'C1', ts: '1795884056.844000', thread: '1795884000.000100' },
  ],
])('%s is a message', (url, expected) => {
  expect(readPermalink(url)).toEqual(expected);
});

test.each([
  'http://127.0.0.1:3100/archives/C0GENERAL',
  'http://127.0.0.1:3100/archives/C1/p17958840568440',
  'http://127.0.0.1:3100/#/C1',
  'not a url',
])('%s is none', (url) => {
  expect(readPermalink(url)).toBeUndefined();
});
