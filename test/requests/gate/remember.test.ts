import { beforeEach, describe, expect, it } from 'vitest';
import { type Memory, remember } from '../../../src/requests/gate/remember.ts';

/** Somebody slow: each question waits until it is answered by the test. */
function slowly() {
  const waiting: PromiseWithResolvers<string | null>[] = [];
  return {
    ask: () => {
      const question = Promise.withResolvers<string | null>();
      waiting.push(question);
      return question.promise;
    },
    waiting,
  };
}

describe('what is remembered of somebody slow', () => {
  let elapsedMs: number;
  let asked: number;
  let memory: Memory<string>;
  beforeEach(() => {
    [elapsedMs, asked] = [0, 0];
    memory = remember<string>({ freshMs: 100, reliableMs: 500, elapsedMs: () => elapsedMs });
  });
  const says = (answer: string | null) => async () => {
    asked += 1;
    return answer;
  };
  const settle = () => new Promise((resolve) => setImmediate(resolve));

  it('is asked once while it is fresh, and for each key by itself', async () => {
    expect(await memory.get('a', says('one'))).toBe('one');
    elapsedMs = 100;
    expect(await memory.get('a', says('two'))).toBe('one');
    expect(await memory.get('b', says('three'))).toBe('three');
    expect(asked).toBe(2);
  });

  it('is given at once when it is no longer fresh, and renewed beside', async () => {
    await memory.get('a', says('one'));
    elapsedMs = 101;
    const { ask, waiting } = slowly();
    expect(await memory.get('a', ask)).toBe('one');
    expect(await memory.get('a', ask)).toBe('one');
    expect(waiting).toHaveLength(1);
    waiting[0]?.resolve('two');
    await settle();
    expect(await memory.get('a', says('three'))).toBe('two');
  });

  it('is not relied on when it is too old, and nothing is known where the answer fails then', async () => {
    await memory.get('a', says('one'));
    elapsedMs = 501;
    expect(await memory.get('a', says(null))).toBeNull();
    expect(await memory.get('a', says('two'))).toBe('two');
  });

  it('counts from the question, not from the answer', async () => {
    const { ask, waiting } = slowly();
    const answer = memory.get('a', ask);
    elapsedMs = 501;
    waiting[0]?.resolve('one');
    expect(await answer).toBe('one');
    expect(await memory.get('a', says('two'))).toBe('two');
  });

  it('is asked once by all who wait for it', async () => {
    const { ask, waiting } = slowly();
    const answers = Promise.all([memory.get('a', ask), memory.get('a', ask)]);
    expect(waiting).toHaveLength(1);
    waiting[0]?.resolve('one');
    expect(await answers).toEqual(['one', 'one']);
  });

  it('does not hold failures: neither an error nor the lack of an answer', async () => {
    const fails = async () => {
      throw new Error('away');
    };
    expect(await memory.get('a', fails)).toBeNull();
    expect(await memory.get('a', says(null))).toBeNull();
    expect(await memory.get('a', says('one'))).toBe('one');
  });

  it('is asked anew where that is wanted, and what was remembered is replaced', async () => {
    await memory.get('a', says('one'));
    expect(await memory.get('a', says('two'), 'anew')).toBe('two');
    expect(await memory.get('a', says('three'))).toBe('two');
  });

  it('is not the old answer where it is asked anew and there is none', async () => {
    await memory.get('a', says('one'));
    expect(await memory.get('a', says(null), 'anew')).toBeNull();
  });

  it('is asked again once it was forgotten', async () => {
    await memory.get('a', says('one'));
    memory.forget('a');
    expect(await memory.get('a', says('two'))).toBe('two');
  });

  it('that was asked for before it was forgotten says nothing of later', async () => {
    const { ask, waiting } = slowly();
    const before = memory.get('a', ask);
    memory.forget('a');
    const after = memory.get('a', ask);
    waiting[1]?.resolve('after');
    expect(await after).toBe('after');
    waiting[0]?.resolve('before');
    expect(await before).toBe('before');
    expect(await memory.get('a', says('later'))).toBe('after');
  });
});
