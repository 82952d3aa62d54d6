import { describe, expect, it } from 'vitest';
import { rulesOf } from '../../../src/domain/signals/source-rules.ts';
import { parseRules, type TypedRules, typedRules } from '../../../src/domain/signals/typed-rules.ts';

const AREAS = [
  { name: 'billing', labels: ['payments'] },
  { name: 'deployment', labels: [] },
];
const NOTHING: TypedRules = { labels: '', without: '', events: '', environments: null, areas: '' };

describe('the rules of a source as they are typed', () => {
  it('are words with commas or on lines, each once', () => {
    const typed = {
      ...NOTHING,
      labels: 'bug, Outage\nBUG;  crash ,',
      events: 'charge.dispute.*',
      environments: 'users',
    };
    expect(parseRules(typed, AREAS)).toEqual({
      ok: {
        labels: ['bug', 'Outage', 'crash'],
        without: [],
        events: ['charge.dispute.*'],
        environments: 'users',
        areas: [],
      },
    });
  });

  it('may be none at all, also where a kind has usual ones', () => {
    const parsed = parseRules(NOTHING, AREAS);
    if ('bad' in parsed) throw new Error(parsed.bad);
    expect(rulesOf('github', parsed.ok)).toMatchObject({ labels: [], without: [], environments: 'all' });
  });

  it('give an area the words of the sender, which may hold an equals sign', () => {
    const parsed = parseRules({ ...NOTHING, areas: 'team=payments = Payments\n\nCI pipeline=deployment' }, AREAS);
    expect(parsed).toMatchObject({
      ok: {
        areas: [
          { word: 'team=payments', area: 'billing' },
          { word: 'CI pipeline', area: 'deployment' },
        ],
      },
    });
  });

  it.each([
    [{ areas: 'payments' }, 'areas', '“payments” is no line like payments = billing.'],
    [{ areas: 'payments = basket' }, 'areas', 'There is no area “basket”.'],
    [{ areas: 'x = billing\nX = deployment' }, 'areas', '“X” stands there twice.'],
    [{ labels: 'bug', without: 'Bug' }, 'without', '“bug” is asked for already.'],
    [{ events: Array.from({ length: 51 }, (_, i) => i).join(',') }, 'events', 'At most 50 fit.'],
  ] as const)('%o are refused at %s', (typed, field, bad) => {
    expect(parseRules({ ...NOTHING, ...typed }, AREAS)).toEqual({ bad, field });
  });

  it('are shown as they can be typed again', () => {
    const typed = { ...NOTHING, labels: 'a, b', areas: 'x=y = billing\nz = deployment', environments: 'all' };
    const parsed = parseRules(typed, AREAS);
    if ('bad' in parsed) throw new Error(parsed.bad);
    expect(typedRules(parsed.ok)).toEqual(typed);
    expect(parseRules(typedRules(rulesOf('github', null)), AREAS)).toEqual({ ok: rulesOf('github', null) });
  });
});
