import { expect, it } from 'vitest';
import { inTurns } from '../../src/signals/in-turns.ts';

it('each of several who ask for a turn at once gets one of its own, in their order', async () => {
  const turn = inTurns();
  let passed = 0;
  let isOver = false;
  const count = () => {
    passed += 1;
    if (!isOver) setImmediate(count);
  };
  setImmediate(count);
  const seen = await Promise.all([1, 2, 3].map(async (name) => turn().then(() => [name, passed])));
  isOver = true;
  expect(seen.map(([name]) => name)).toEqual([1, 2, 3]);
  expect(new Set(seen.map(([, at]) => at)).size).toBe(3);
});
