import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { fidelityText } from '../../rules/fidelity-text.ts';
import { official } from '../../rules/rule.ts';
import { type Topic, topics } from '../../rules/topics.ts';

const printed = readFileSync(new URL('../../FIDELITY.md', import.meta.url), 'utf8');

describe('FIDELITY.md', () => {
  it('is what `node sandbox/rules/print.ts` prints', () => {
    expect(printed).toBe(fidelityText(topics));
  });

  it('has a row for every rule', () => {
    const rows = printed.split('\n').filter((line) => line.startsWith('| ') && !line.startsWith('| name '));
    expect(rows.map((row) => row.split(' | ')[0]?.slice(2))).toEqual(topics.flatMap(({ rules }) => Object.keys(rules)));
  });

  it('keeps its columns when a rule has a bar or a tag in it', () => {
    const topic: Topic = { title: 'Odd', rules: { odd: official('a|b', '<!date^ts|x>', 'page\nline') } };
    expect(fidelityText([topic])).toContain(
      '| odd | a\\|b | &lt;!date^ts\\|x> | official | https://docs.slack.dev/page line |',
    );
  });
});
