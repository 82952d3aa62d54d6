import { describe, expect, it } from 'vitest';
import {
  areaCalled,
  areaErrors,
  labelsAfterRename,
  labelsTakenOver,
  parseLabels,
} from '../../../src/domain/programs/areas.ts';

const billing = { name: 'billing', labels: ['payments', 'Stripe'] };
const sync = { name: 'connectivity', labels: ['fivetran'] };

describe('the area that is meant', () => {
  it.each([
    ['Billing', 'billing'],
    [' stripe ', 'billing'],
    ['FIVETRAN', 'connectivity'],
    ['billing2', undefined],
    ['', undefined],
  ])('%j is %s', (said, name) => {
    expect(areaCalled([sync, billing], said)?.name).toBe(name);
  });

  it('a name wins over the label of another area', () => {
    expect(areaCalled([{ name: 'sync', labels: ['billing'] }, billing], 'billing')).toBe(billing);
  });
});

it('labels are read from commas and lines, each once, without the name itself', () => {
  expect(parseLabels(' payments, Stripe;payments\nBilling,, ', 'billing')).toEqual(['payments', 'Stripe']);
});

it('who was renamed is still reached by the old name', () => {
  expect(labelsAfterRename('payments', { was: 'billing', is: 'money' })).toEqual(['payments', 'billing']);
  expect(labelsAfterRename('payments', { was: 'billing', is: 'Billing' })).toEqual(['payments']);
});

it('an area that takes another one over is reached by all names of both', () => {
  expect(labelsTakenOver(sync, billing)).toEqual(['fivetran', 'billing', 'payments', 'Stripe']);
});

describe('what an area may be called', () => {
  it.each([
    [{ name: 'deployment', labels: ['gke'] }, {}],
    [{ name: '', labels: [] }, { name: 'Enter a name.' }],
    [{ name: 'Billing', labels: [] }, { name: 'There is an area billing already.' }],
    [{ name: 'stripe', labels: [] }, { name: '“stripe” is a label of billing. Take it out there first.' }],
    [{ name: 'money', labels: ['Fivetran'] }, { labels: '“Fivetran” already means connectivity.' }],
    [{ name: 'money', labels: Array.from({ length: 21 }, (_, i) => `l${i}`) }, { labels: 'At most 20 labels fit.' }],
  ])('%j: %j', (names, errors) => {
    expect(areaErrors(names, [billing, sync])).toEqual(errors);
  });
});
