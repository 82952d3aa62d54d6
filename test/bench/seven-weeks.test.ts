import { describe, expect, it } from 'vitest';
import type { Claim } from '../../bench/seven-weeks/claim.ts';
import { claimsOfDirect } from '../../bench/seven-weeks/claims-of-direct.ts';
import { sinceFixClaims } from '../../bench/seven-weeks/claims-of-thread.ts';
import { type Held, holdClaims, type Moment } from '../../bench/seven-weeks/hold.ts';
import type { Log, LoggedDefect, LoggedEvent, LoggedReport } from '../../bench/seven-weeks/log.ts';

const now = new Date('2026-12-10T09:00:00Z');
const defect = { id: 7, number: 4, state: 'accepted', ownerId: 'UANA', dueOn: '2026-12-07' } as LoggedDefect;
const claimedAt = (day: string) =>
  ({ kind: 'claimed', at: new Date(day), data: { deployedAt: `${day}T08:00:00Z` } }) as unknown as LoggedEvent;
const seenAt = (day: string) => ({ seenAt: new Date(day), filedAt: new Date(day) }) as LoggedReport;

const log = {
  defect: (number: number) => (number === 4 ? defect : undefined),
  eventsOf: () => [claimedAt('2026-11-20'), claimedAt('2026-12-04')],
  reportsOf: () => ['2026-11-19', '2026-11-25', '2026-11-26', '2026-12-05'].map(seenAt),
  snoozedUntilOn: () => undefined,
} as unknown as Log;

function untrue(claims: readonly Claim[]): string[] {
  return claims.filter(({ said, is }) => said !== is).map(({ what, said, is }) => `${what}: ${said}, is ${is}`);
}

describe('what a message claims', () => {
  it.each<[string, string[]]>([
    ['Overdue: it was due 7 Dec.', []],
    ['It needs a new date.', ['date of D-4: none, is 7 Dec']],
    ['Overdue: it was due 1 Dec.', ['date of D-4: 1 Dec, is 7 Dec']],
    ['A fix is claimed, and being proven.', ['state of D-4: claimed, is accepted']],
    ['<@UBEN> owns it now.', ['owner of D-4: UBEN, is UANA']],
  ])('of a defect is held against the log: %s', (words, found) => {
    expect(untrue(claimsOfDirect(`Heading\n*D-4*  Late sync\n${words}`, 'UANA', log, now))).toEqual(found);
  });

  it.each<[string, string[]]>([
    ['2 reports from 2 reporters since the fix of 20 Nov', []],
    ['1 report from 1 reporter since the fix of 4 Dec', []],
    ['1 report since the fix of 20 Nov', ['reports of D-4 since its fix of 20 Nov: 1, is 2']],
    ['1 report since the fix of 1 Dec', ['reports of D-4 since its fix of 1 Dec: 1, is no such fix']],
  ])('of reports since a fix is held against the fix that it names: %s', (words, found) => {
    expect(untrue(sinceFixClaims(words, 4, log))).toEqual(found);
  });

  it('is held against what another place says at the same moment', () => {
    const held: Held = {
      messages: 0,
      claims: new Map(),
      falses: new Map(),
      contradictions: new Map(),
      longestDigest: 0,
    };
    const moment: Moment = { now, said: new Map() };
    holdClaims(held, moment, 'card', 'a', [{ what: 'open', said: 3, is: 3 }]);
    holdClaims(held, moment, 'App Home', 'b', [{ what: 'open', said: 4, is: 3 }]);
    expect([...held.falses.keys()]).toEqual(['App Home: open: said 4, is 3. b']);
    expect([...held.contradictions.keys()]).toEqual(['open: card says 3, App Home 4']);
  });
});
