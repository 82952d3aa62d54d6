import { describe, expect, it } from 'vitest';
import { witnessedFix, witnessOf } from '../../../src/domain/fixes/witnessed-fix.ts';

const day = (n: number) => new Date(Date.UTC(2026, 10, n));

describe('what witnesses a fix', () => {
  const defect = { firstSeenAt: day(1), cameBackAt: null, claimedAt: null };
  const merge = (mergedOn: number, shippedOn: number | null, foundOn = mergedOn) => ({
    mergedAt: day(mergedOn),
    foundAt: day(foundOn),
    shippedAt: shippedOn ? day(shippedOn) : null,
    shippedIn: shippedOn ? `v${shippedOn}` : null,
    shippedTo: null,
  });

  it.each([
    ['the release that contains it', [merge(3, 5)], defect, 'v5'],
    ['the last of several, with which the fix is whole', [merge(3, 8), merge(4, 5)], defect, 'v8'],
    ['nothing while one of several is not out', [merge(3, 5), merge(4, null)], defect, undefined],
    [
      'nothing that was merged before the defect came back',
      [merge(3, 5)],
      { ...defect, cameBackAt: day(6) },
      undefined,
    ],
    ['what was merged after it came back', [merge(3, 5), merge(7, 8)], { ...defect, cameBackAt: day(6) }, 'v8'],
    ['nothing that was merged after the claim', [merge(3, 5), merge(7, null)], { ...defect, claimedAt: day(6) }, 'v5'],
    ['nothing that is older than the failure', [merge(3, 5)], { ...defect, firstSeenAt: day(4) }, undefined],
    ['nothing that was made to fit a week after it went out', [merge(3, 5, 12)], defect, undefined],
    ['nothing where nothing was merged', [], defect, undefined],
  ])('is %s', (_, merges, of, expected) => {
    expect(witnessOf(merges, of)?.shippedIn).toBe(expected);
  });
});

describe('a witnessed fix', () => {
  const said = (on: number, toAllOn: number | null = null, isWord = true) => ({
    deployedAt: day(on),
    reachedAllAt: toAllOn ? day(toAllOn) : null,
    isWord,
  });
  const out = (on: number, toAllOn: number | null = null) => ({
    deployedAt: day(on),
    reachedAllAt: toAllOn ? day(toAllOn) : null,
  });

  it.each([
    ['counts from the release where a later day was said and nothing came since', said(9), 5, [4, 10], out(5)],
    ['was a rollout where a later day was said and reports came in between', said(9), 5, [7], out(5, 9)],
    ['reaches all when it was said to', said(9, 12), 5, [], out(5, 12)],
    ['counts from the release where an earlier day was said and nothing came since', said(3), 5, [2, 6], out(5)],
    ['keeps to the earlier day that was said where reports came since', said(3), 5, [4], null],
    ['counts from the release where only a ticket told the earlier day', said(3, null, false), 5, [4], out(5)],
    ['had reached all with the release where it was said to before', said(3, 4), 5, [], out(5)],
  ])('%s', (_, given, shippedOn, seen, expected) => {
    expect(witnessedFix(given, { shippedAt: day(shippedOn) }, seen.map(day))).toEqual(expected);
  });
});
