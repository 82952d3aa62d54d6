import { afterEach, describe, expect, it, vi } from 'vitest';
import { instantAt } from '../../../src/domain/signals/json-pointer.ts';

describe('an instant that a sender writes', () => {
  afterEach(() => {
    vi.unstubAllEnvs();
  });

  it.each([
    ['2026-11-20T10:15:00', '2026-11-20T10:15:00.000Z'],
    ['2026-11-20T10:15', '2026-11-20T10:15:00.000Z'],
    ['2026-11-20 10:15:00.123', '2026-11-20T10:15:00.123Z'],
    ['2026-11-20', '2026-11-20T00:00:00.000Z'],
    ['2026-11-20T10:15:00.123456789Z', '2026-11-20T10:15:00.123Z'],
    ['2026-11-20T10:15:00+02:00', '2026-11-20T08:15:00.000Z'],
    ['2026-11-20T10:15:00-0530', '2026-11-20T15:45:00.000Z'],
    ['Fri, 20 Nov 2026 10:15:00 GMT', '2026-11-20T10:15:00.000Z'],
    ['Fri, 20 Nov 2026 10:15:00 EST', '2026-11-20T15:15:00.000Z'],
    ['Fri Nov 20 2026 10:15:00 GMT+0200 (Central European Standard Time)', '2026-11-20T08:15:00.000Z'],
    ['Nov 20 2026 10:15', '2026-11-20T10:15:00.000Z'],
    ['1795169700', '2026-11-20T10:15:00.000Z'],
  ])('%j is read alike whatever the zone of the host', (at, read) => {
    for (const zone of ['America/Los_Angeles', 'Australia/Lord_Howe', 'UTC']) {
      vi.stubEnv('TZ', zone);
      expect(instantAt({ at }, '/at')?.toISOString()).toBe(read);
    }
  });

  it.each(['soon', '', '10:15', '2026-13-40', '1999-12-31T23:59:59Z', '2100-01-01', {}, null, true])(
    '%j is none',
    (at) => {
      expect(instantAt({ at }, '/at')).toBeNull();
    },
  );
});
