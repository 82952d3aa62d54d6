import { describe, expect, it } from 'vitest';
import { z } from 'zod';
import { GATE_WORDS } from '../../src/blocks/people/gate-words.ts';
import { Refusal } from '../../src/domain/errors/refusal.ts';
import { admit, type Door, TOO_OLD } from '../../src/requests/door.ts';
import type { Received } from '../../src/requests/once/received.ts';

/** A gate that lets nobody through, so that whoever gets as far is refused in its words. */
const shut = async () => Promise.reject(new Refusal(GATE_WORDS.notNamed));
const door = { gate: { admit: shut, mustSee: shut } } as Partial<Door> as Door;
const received = { userId: 'U012ABC', workspaceId: 'T1' } as Received;
const asking = (names: () => object) => admit(door, received, { right: 'read', names });

describe('what a request names', () => {
  it.each([
    ['JSON that is none', () => JSON.parse('{')],
    ['JSON of another shape', () => z.object({ programId: z.number() }).parse({ programId: '7' })],
    ['a number that is none', () => ({ programId: 7, areaId: Number('area') })],
    ['a number beyond all ids', () => ({ programId: 7, triageId: 2 ** 53 })],
    ['a fraction', () => ({ programId: 1.5 })],
  ])('is refused before the gate where it is %s', async (_, names) => {
    await expect(asking(names)).rejects.toThrow(new Refusal(TOO_OLD));
  });

  it('goes to the gate where it can be read', async () => {
    await expect(asking(() => ({ programId: 7, number: 0, to: undefined }))).rejects.toThrow(GATE_WORDS.notNamed);
  });

  it('leaves a bug what it is', async () => {
    const bug = new TypeError('x is not a function');
    await expect(
      asking(() => {
        throw bug;
      }),
    ).rejects.toBe(bug);
  });
});
