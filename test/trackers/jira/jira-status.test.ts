import { describe, expect, it } from 'vitest';
import type { Transition } from '../../../src/trackers/jira/jira-schemas.ts';
import { moveTo, statusOf } from '../../../src/trackers/jira/jira-status.ts';

const state = (name: string, key: string) => ({ id: name, name, statusCategory: { key } });

describe('an issue of Jira', () => {
  it.each([
    ['Shipped', 'done', 'Fixed', 'done'],
    ['Closed', 'done', null, 'done'],
    ['Closed', 'done', 'Wow', 'done'],
    ['Closed', 'done', 'Won’t Do', 'not_planned'],
    ['Closed', 'done', "Won't Fix", 'not_planned'],
    ['Closed', 'done', 'Cannot Reproduce', 'not_planned'],
    ['Closed', 'done', 'Duplicate', 'duplicate'],
    ['Rejected', 'done', null, 'not_planned'],
    ['Duplicate', 'done', null, 'duplicate'],
    ['Cancelled', 'done', 'Done', 'done'],
    ['In review', 'indeterminate', 'Fixed', 'open'],
    ['Backlog', 'new', null, 'open'],
    ['Whatever', 'undefined', null, 'open'],
  ])('in %s (%s) with resolution %s is %s', (name, key, resolution, status) => {
    expect(statusOf({ status: state(name, key), resolution: resolution === null ? null : { name: resolution } })).toBe(
      status,
    );
  });
});

describe('the way of a workflow', () => {
  const way = (name: string, key: string, resolutions?: string[], required = true): Transition => ({
    ...{ id: name, name, to: state(name, key) },
    fields: resolutions ? { resolution: { required, allowedValues: resolutions.map((one) => ({ name: one })) } } : {},
  });
  it.each<[string, Transition[], 'open' | 'done' | 'not_planned' | 'duplicate', object | undefined]>([
    ['done', [way('Doing', 'indeterminate'), way('Shipped', 'done')], 'done', { id: 'Shipped', resolution: null }],
    [
      'not planned, by name',
      [way('Done', 'done'), way('Rejected', 'done')],
      'not_planned',
      { id: 'Rejected', resolution: null },
    ],
    [
      'not planned, by resolution',
      [way('Closed', 'done', ['Fixed', "Won't Do"])],
      'not_planned',
      { id: 'Closed', resolution: "Won't Do" },
    ],
    [
      'a duplicate, where nothing says so',
      [way('Closed', 'done', ['Fixed'])],
      'duplicate',
      { id: 'Closed', resolution: 'Fixed' },
    ],
    [
      'done, where a resolution may be left out',
      [way('Closed', 'done', ['Odd'], false)],
      'done',
      { id: 'Closed', resolution: null },
    ],
    ['open again', [way('Doing', 'indeterminate'), way('To do', 'new')], 'open', { id: 'To do', resolution: null }],
    [
      'open again, at work',
      [way('Doing', 'indeterminate'), way('Done', 'done')],
      'open',
      { id: 'Doing', resolution: null },
    ],
    ['nowhere', [way('Doing', 'indeterminate')], 'done', undefined],
  ])('leads to %s', (_, ways, status, move) => {
    expect(moveTo(status, ways)).toEqual(move);
  });
});
