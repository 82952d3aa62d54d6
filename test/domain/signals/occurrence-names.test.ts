import { describe, expect, it } from 'vitest';
import { sameOccurrence } from '../../../src/domain/signals/occurrence-names.ts';

const at = (minutes: number) => new Date(Date.UTC(2026, 10, 24, 10, minutes));
const named = (minutes: number, ...names: string[]) => ({ names, startedAt: at(minutes) });
const FIRST = named(0, 'charge:ch_1', 'intent:pi_1', 'invoice:in_1', 'attempt:1', 'pays:cus_1:4900');

describe('one more event of a failure', () => {
  it.each([
    ['shares a name', named(5, 'charge:ch_1', 'intent:pi_1')],
    ['shares only who pays how much, within minutes', named(5, 'pays:cus_1:4900')],
    ['comes before the others', named(-5, 'invoice:in_1')],
  ])('%s', (_, event) => {
    expect(sameOccurrence(event, [FIRST])).toBe(FIRST);
  });

  it.each([
    ['names another charge of the same payment', named(5, 'charge:ch_2', 'intent:pi_1', 'invoice:in_1')],
    ['is of the next attempt on the same invoice', named(5, 'invoice:in_1', 'attempt:2')],
    ['has only the number of the attempt in common', named(5, 'invoice:in_2', 'attempt:1')],
    ['comes days later', named(3 * 24 * 60, 'invoice:in_1')],
    ['shares only who pays how much, half an hour later', named(30, 'pays:cus_1:4900')],
    ['has nothing in common', named(0, 'charge:ch_9')],
  ])('is none of this one where it %s', (_, event) => {
    expect(sameOccurrence(event, [FIRST])).toBeUndefined();
  });

  it('belongs to the one that it has the most names in common with, then to the nearest', () => {
    const hinted = named(4, 'invoice:in_2', 'pays:cus_1:4900');
    const far = named(-20, 'intent:pi_1');
    expect(sameOccurrence(named(5, 'intent:pi_1', 'pays:cus_1:4900'), [hinted, far, FIRST])).toBe(FIRST);
  });
});
