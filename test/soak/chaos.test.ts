import { expect, it } from 'vitest';
import { unleash } from '../../bench/chaos.ts';

it('nothing is lost, doubled or out of order while replicas die, answers get lost and PostgreSQL restarts', async () => {
  const run = await unleash({
    kind: 'deliverer',
    messages: 27,
    programs: 0,
    seed: 7,
    stormSeconds: 0,
    mostSeconds: 150,
  });
  const { duplicates, missing, outOfOrder, staleEdits, stillDue } = run;
  expect({ duplicates, missing, outOfOrder, staleEdits, stillDue }).toEqual({
    duplicates: 0,
    missing: 0,
    outOfOrder: 0,
    staleEdits: 0,
    stillDue: 0,
  });
  expect(run.messages).toBeGreaterThanOrEqual(27);
  expect(run.kills).toBeGreaterThan(0);
  expect(run.lostAnswers).toBeGreaterThan(0);
});
