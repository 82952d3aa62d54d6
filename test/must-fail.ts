import { expect, it } from 'vitest';

it('fails, so that a run of it must end with an error', () => {
  expect('a failed test').toBe('noticed');
});
