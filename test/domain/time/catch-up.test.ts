import { describe, expect, it } from 'vitest';
import { planOccurrences } from '../../../src/domain/time/catch-up.ts';

const at = (text: string) => new Date(text);
const mondays = [at('2026-06-01T08:00:00Z'), at('2026-06-08T08:00:00Z'), at('2026-06-15T08:00:00Z')];
const createdAt = at('2026-01-01T00:00:00Z');

describe('a triage or digest', () => {
  const plan = (now: string, change = {}) =>
    planOccurrences({ due: mondays, now: at(now), createdAt, policy: 'latest', ...change });

  it('that is due now runs on time', () => {
    expect(plan('2026-06-15T08:00:20Z')).toEqual({
      run: { dueAt: mondays[2], late: false },
      missed: [mondays[0], mondays[1]],
    });
  });

  it('that was missed for an hour runs and says that it is late', () => {
    expect(plan('2026-06-15T09:00:00Z').run).toEqual({ dueAt: mondays[2], late: true });
  });

  it('still runs 24 hours later, and not a moment after', () => {
    expect(plan('2026-06-16T08:00:00Z').run).toEqual({ dueAt: mondays[2], late: true });
    expect(plan('2026-06-16T08:00:00.001Z')).toEqual({ missed: mondays });
  });

  it('takes another limit where one is set', () => {
    expect(plan('2026-06-15T10:00:01Z', { lateLimitHours: 2 })).toEqual({ missed: mondays });
  });

  it('runs once, though it was found twice and out of order', () => {
    const due = [mondays[1], mondays[0], mondays[1]] as Date[];
    expect(plan('2026-06-08T08:01:00Z', { due })).toEqual({
      run: { dueAt: mondays[1], late: false },
      missed: [mondays[0]],
    });
  });

  it('does not run before it is due', () => {
    expect(plan('2026-06-15T07:59:59Z')).toEqual({ missed: [mondays[0], mondays[1]] });
  });

  it('was never missed before the schedule was made', () => {
    expect(plan('2026-06-08T08:00:00Z', { createdAt: at('2026-06-08T07:00:00Z') })).toEqual({
      run: { dueAt: mondays[1], late: false },
      missed: [],
    });
    expect(plan('2026-06-08T12:00:00Z', { createdAt: at('2026-06-08T08:00:00Z') })).toEqual({ missed: [] });
  });

  it('of which none is due is an empty plan', () => {
    expect(plan('2026-06-15T08:00:00Z', { due: [] })).toEqual({ missed: [] });
  });
});

describe('a reminder', () => {
  const mornings = [at('2026-06-09T13:30:00Z'), at('2026-06-10T13:30:00Z')];
  const plan = (now: string) =>
    planOccurrences({ due: mornings, now: at(now), createdAt, policy: 'skip', timeZone: 'America/New_York' });

  it('that was missed in the morning still goes out the same evening', () => {
    expect(plan('2026-06-11T03:59:00Z')).toEqual({ run: { dueAt: mornings[1], late: true }, missed: [mornings[0]] });
  });

  it('from an earlier local day is skipped', () => {
    expect(plan('2026-06-11T04:00:00Z')).toEqual({ missed: mornings });
  });
});
