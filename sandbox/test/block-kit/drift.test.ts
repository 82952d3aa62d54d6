import { expect, it } from 'vitest';
import { validateSurface } from '../../block-kit/validate.ts';
import { listDrift, type Verdict } from './drift.ts';
import { fixtures } from './fixtures.ts';

const ours: Verdict = async (surface, payload) => {
  const violations = validateSurface(surface, payload);
  return { taken: violations.length === 0, words: JSON.stringify(violations) };
};
const lax: Verdict = async () => ({ taken: true, words: 'ok' });

it('the fixtures, sent as the JSON that they are, are judged as the rules say', async () => {
  const sent: typeof fixtures = JSON.parse(JSON.stringify(fixtures));
  expect(sent.length).toBeGreaterThan(250);
  expect(await listDrift(sent, ours)).toEqual([]);
});

it('a validator that takes everything differs on every refusal, by the name of its rule', async () => {
  const refused = fixtures.filter(({ taken }) => !taken);
  const lines = await listDrift(fixtures, lax);
  expect(lines).toHaveLength(refused.length);
  expect(lines).toContain('headerText (message): we refuse it, they say ok');
});
