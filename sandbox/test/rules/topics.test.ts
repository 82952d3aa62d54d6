import { describe, expect, it } from 'vitest';
import { limits } from '../../rules/limits.ts';
import { topics } from '../../rules/topics.ts';

const named = topics.flatMap(({ title, rules }) =>
  Object.entries(rules).map(([name, rule]) => ({ title, name, rule })),
);

describe('the rules', () => {
  it.each(named)('$title: $name says what it is, how it is known and where from', ({ rule }) => {
    expect(Object.keys(rule).sort()).toEqual(['evidence', 'rule', 'source', 'value']);
    expect(rule.rule).toMatch(/\S/);
    expect(rule.value).not.toBeUndefined();
    expect(rule.source).toMatch(/\S/);
    expect(['official', 'sdk', 'issue', 'third-party', 'assumed']).toContain(rule.evidence);
    if (rule.evidence === 'official')
      expect(rule.source).toMatch(/^(https:\/\/docs\.slack\.dev\/|slack-ruby\/slack-api-ref: )\S/);
  });

  it('have a name of their own, so that limits holds all of them', () => {
    const elsewhere = ['Block Kit: surfaces of blocks', 'Block Kit: surfaces of elements', 'Web API methods'];
    const names = named.filter(({ title }) => !elsewhere.includes(title)).map(({ name }) => name);
    expect(new Set(names).size).toBe(names.length);
    expect(Object.keys(limits).sort()).toEqual(names.sort());
  });
});
