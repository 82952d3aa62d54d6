import { describe, expect, it } from 'vitest';
import {
  environmentsOfUsers,
  isSameMissing,
  isToBeAsked,
  notReached,
  reachOf,
  type ToldRelease,
} from '../../../src/domain/fixes/told-release.ts';
import { DAY_MS, later, MONDAY } from '../../builders.ts';

const SHA = '7fd1a60b01f91b314f59955a4e4d4e80d8edf11d';
const aRelease = (over: Partial<ToldRelease> = {}): ToldRelease => ({
  ...{ id: 1, version: 'v2', environment: null, areaNamed: null, repository: null, commit: null, branch: null },
  ...{ link: null, releasedAt: MONDAY, toldAt: MONDAY, ...over },
});
const reaching = {
  place: 'acme/api',
  isOnlyPlace: true,
  isItsArea: (named: string) => (named === 'mars' ? null : named === 'billing'),
  environments: [],
};

describe('whether a release that was told has a merge', () => {
  it.each([
    ['is asked of the only place, where a version is a tag', {}, true, true],
    ['is asked of the place that was told', { repository: 'Acme/API' }, false, true],
    ['is asked of each place where a whole commit was told', { commit: SHA }, false, true],
    ['is asked where the version is a whole commit', { version: SHA }, false, true],
    ['cannot be known where the tag may be of several places', {}, false, 'no_repository'],
    ['cannot be known where a short commit may be of several places', { commit: '7fd1a60' }, false, 'no_repository'],
    ['is not asked of another repository', { repository: 'acme/web' }, true, false],
    ['is not asked where it only went to be tried out', { environment: 'Staging ' }, true, false],
    ['is not asked of a release of another area', { areaNamed: 'connectivity' }, true, false],
    ['is asked of a release of its area', { areaNamed: 'billing' }, true, true],
    ['cannot be known of an area that nobody knows', { areaNamed: 'mars' }, true, 'unknown_area'],
    ['cannot be known of one told late', { toldAt: later(MONDAY, 3 * DAY_MS + 1) }, true, 'told_late'],
    ['is asked of one told within three days', { toldAt: later(MONDAY, 3 * DAY_MS) }, true, true],
  ] as const)('%s', (_, over, isOnlyPlace, expected) => {
    expect(isToBeAsked(aRelease(over), { ...reaching, isOnlyPlace })).toBe(expected);
  });
});

describe('a fix has reached', () => {
  it.each([
    ['all with a release that names no place', ['eu', 'us'], [null], [], null],
    ['all with one to production', ['eu', 'us'], ['Production'], [], null],
    ['only where it went', ['eu', 'us'], ['EU'], ['us'], ['eu', 'us']],
    ['all with the last place', ['eu', 'us'], ['us', 'eu'], [], ['eu', 'us']],
    ['all where nobody said where it was met', [], ['eu'], [], null],
  ])('%s', (_, wanted, reached, left, reach) => {
    expect(notReached(wanted, reached)).toEqual(left);
    expect(reachOf(wanted, reached)).toEqual(reach);
  });

  it('only places where users are count', () => {
    expect(environmentsOfUsers(['EU', 'eu ', null, 'staging', ' '])).toEqual(['eu']);
  });
});

it('why a release says nothing is the same one by all that is said of it', () => {
  const missing = { release: 'v2', why: 'elsewhere', environments: ['eu'] } as const;
  expect(isSameMissing(missing, { environments: ['eu'], why: 'elsewhere', release: 'v2' })).toBe(true);
  expect(isSameMissing(missing, { ...missing, environments: ['us'] })).toBe(false);
  expect(isSameMissing(missing, null)).toBe(false);
  expect(isSameMissing(null, null)).toBe(true);
});
