import { expect, it } from 'vitest';
import { importOf } from '../../../src/domain/trackers/imported-before.ts';
import { DAY_MS, later, MONDAY } from '../../builders.ts';

const url = 'https://acme.atlassian.net/browse/OPS-7';
const ticket = { url, key: 'OPS-7', reportedAt: MONDAY };
const imported = { key: 'OPS-7', link: null as string | null, seenAt: later(MONDAY, -DAY_MS) };

it.each([
  ['its address, under whichever key', { key: 'row 12', link: url }, true, true],
  ['its address as the key', { key: url }, true, true],
  ['its key', {}, false, true],
  ['not a key that another place has, too', {}, true, false],
  ['not its key at another address', { link: 'https://other.atlassian.net/browse/OPS-7' }, false, false],
  ['not a key of another year', { seenAt: later(MONDAY, -400 * DAY_MS) }, false, false],
  ['not a bare number', { key: '7' }, false, false],
])('what a file has brought is a ticket by %s', (_, over, isKeyShared, expected) => {
  const one = { ...imported, ...over };
  expect(importOf(ticket, [one], { isKeyShared })).toBe(expected ? one : undefined);
});
