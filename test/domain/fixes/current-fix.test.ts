import { describe, expect, it } from 'vitest';
import { cameBackAt, isVerdict, isVerdictOn } from '../../../src/domain/fixes/current-fix.ts';
import { COMEBACK_KINDS } from '../../../src/domain/vocabulary.ts';
import { HOUR_MS, later, MONDAY } from '../../builders.ts';

const event = (id: number, kind: string, data: unknown = null) => ({ id, kind, data, at: later(MONDAY, id * HOUR_MS) });
const mergedAt = MONDAY;

describe.each(COMEBACK_KINDS)('a fix that %s', (kind) => {
  const back = event(2, kind);

  it('was judged, and its pull request is told', () => {
    expect(isVerdict(kind)).toBe(true);
    expect(isVerdictOn(mergedAt, back, [event(1, 'claimed'), back])).toBe(true);
  });

  it('is gone: what is said of the next one is not said of what was merged for it', () => {
    const next = [event(1, 'claimed'), back, event(3, 'claimed'), event(4, 'proven')];
    expect(cameBackAt(next)).toEqual(back.at);
    expect(isVerdictOn(mergedAt, event(4, 'proven'), next)).toBe(false);
  });
});

it('a fix that has ended a part goes on where its owner keeps proving it', () => {
  const resumed = event(3, 'claimed', { resumedAt: later(MONDAY, 3 * HOUR_MS).toISOString() });
  const events = [event(1, 'claimed'), event(2, 'reduced'), resumed, event(4, 'proven')];
  expect(cameBackAt(events)).toBeNull();
  expect(isVerdictOn(mergedAt, event(4, 'proven'), events)).toBe(true);
});
