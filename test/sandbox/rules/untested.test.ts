import { describe, expect, it } from 'vitest';
import { topics } from '../../../sandbox/rules/topics.ts';
import { untestedRules } from './untested.ts';

/** The topics that the validator holds; those that the engine holds join as its tests name them. */
const held = topics.filter(({ title }) => title.startsWith('Block Kit'));

describe('every rule has a test that names it', () => {
  it.each(held)('$title', (topic) => {
    expect(untestedRules(topic)).toEqual([]);
  });

  it('and a rule that nobody names is found', () => {
    const invented = ['one', 'Nobody', 'Names'].join('');
    const rule = { rule: 'r', value: 1, source: 's', evidence: 'assumed' } as const;
    expect(untestedRules({ title: 'Odd', rules: { [invented]: rule } })).toEqual([invented]);
  });
});
