import { describe, expect, it } from 'vitest';
import { notModelled } from '../../rules/not-modelled.ts';
import { topics } from '../../rules/topics.ts';
import { untestedRules } from './untested.ts';

describe('every rule has a test that names it', () => {
  it.each(topics)('$title', (topic) => {
    const left = untestedRules(topic).filter((name) => !notModelled.includes(name));
    expect(left).toEqual([]);
  });

  it('or is said not to be modelled, under a name that exists', () => {
    const names = topics.flatMap(({ rules }) => Object.keys(rules));
    expect(notModelled.filter((name) => !names.includes(name))).toEqual([]);
  });

  it('and a rule that nobody names is found', () => {
    const invented = ['one', 'Nobody', 'Names'].join('');
    const rule = { rule: 'r', value: 1, source: 's', evidence: 'assumed' } as const;
    expect(untestedRules({ title: 'Odd', rules: { [invented]: rule } })).toEqual([invented]);
  });
});
