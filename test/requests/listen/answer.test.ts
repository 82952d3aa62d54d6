import { describe, expect, it } from 'vitest';
import { Refusal } from '../../../src/domain/errors/refusal.ts';
import { makeLog } from '../../../src/log.ts';
import { wordsFor } from '../../../src/requests/listen/answer.ts';

describe('what somebody is told of what was thrown', () => {
  let failures = 0;
  const door = {
    log: makeLog('silent'),
    onFailure: () => {
      failures += 1;
    },
  };

  it('is the words of a refusal', () => {
    expect(wordsFor(door, new Refusal('Pick an owner.'))).toBe('Pick an owner.');
  });

  it.each(['expired_trigger_id', 'exchanged_trigger_id'])('is to try once more, where Slack answers %s', (error) => {
    const thrown = Object.assign(new Error('An API error occurred'), { data: { ok: false, error } });
    expect(wordsFor(door, thrown)).toContain('Try it once more');
    expect(failures).toBe(0);
  });

  it('is a reference to the log for everything else, which counts as a failure', () => {
    expect(wordsFor(door, new TypeError('x is not a function'))).toMatch(/pass on the reference [0-9a-f]{8}\.$/);
    expect(failures).toBe(1);
  });
});
