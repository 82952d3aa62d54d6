import { afterEach, describe, expect, it } from 'vitest';
import { WAYS } from '../../bench/tenancy/attempts.ts';
import type { Attempt } from '../../bench/tenancy/judge.ts';
import { tryAll } from '../../bench/tenancy/try-all.ts';
import type { OpenDatabase } from '../../src/db/engine/client.ts';
import { databases } from '../databases.ts';

/** Each way by one or two of everybody who might use it, so that every person and every program comes up. */
const sample = (every: number) => (all: Attempt[]) =>
  all.filter(({ way }, i) => way.needs !== 'nobody' && i % every === 0);

describe('who may', () => {
  let opened: OpenDatabase | undefined;
  afterEach(() => opened?.close());

  async function tryOnItsOwn(every: number, withoutGate: boolean) {
    // It changes the schema, which is not given back.
    opened = await databases[1]?.openNew();
    if (!opened) throw new Error('no PostgreSQL to test on');
    return tryAll(opened.db, { choose: sample(every), withoutGate });
  }

  it('reads and changes what they may, and nobody anything else', async () => {
    const { attempts, findings } = await tryOnItsOwn(23, false);
    expect(attempts).toBeGreaterThan(WAYS.length);
    expect(findings).toEqual([]);
  });

  it('is found out where the gate stands open', async () => {
    const { findings } = await tryOnItsOwn(97, true);
    const found = findings.map(({ finding }) => finding);
    expect(found).toContain('forbidden read');
    expect(found).toContain('forbidden change');
  });
});
