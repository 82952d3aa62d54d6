import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';
import type { OpenDatabase } from '../../../src/db/engine/client.ts';
import { runFormOnce, type SentForm } from '../../../src/requests/once/once.ts';
import { MONDAY } from '../../builders.ts';
import { databases } from '../../databases.ts';

describe.each(databases)('a form on $name', ({ open }) => {
  let opened: OpenDatabase;
  beforeAll(async () => {
    opened = await open();
  });
  afterAll(() => opened.close());

  const form = (viewId: string, digest = 'as filled in'): SentForm => ({
    workspaceId: 'T1',
    key: `form:${viewId}`,
    digest,
    now: MONDAY,
  });

  /** Sends it, and once more while the first is being worked on, which then ends as told. */
  async function sentTwiceAtOnce(viewId: string, ends: () => string) {
    const { promise: going, resolve: go } = Promise.withResolvers<void>();
    const { promise: begun, resolve: begins } = Promise.withResolvers<void>();
    const first = runFormOnce(opened.db, form(viewId), async () => {
      begins();
      await going;
      return ends();
    });
    await begun;
    const work = vi.fn(async () => 'second');
    const second = runFormOnce(opened.db, form(viewId), work);
    go();
    return { outcomes: await Promise.allSettled([first, second]), work };
  }

  it('that is sent while the same is being worked on waits, and is answered the same', async () => {
    const { outcomes, work } = await sentTwiceAtOnce('V1', () => 'first');
    expect(outcomes).toMatchObject([
      { value: { said: 'first', isRepeat: false } },
      { value: { said: 'first', isRepeat: true } },
    ]);
    expect(work).not.toHaveBeenCalled();
  });

  it('that is sent while the same is being refused is worked on', async () => {
    const { outcomes } = await sentTwiceAtOnce('V2', () => {
      throw new Error('refused');
    });
    expect(outcomes).toMatchObject([{ status: 'rejected' }, { value: { said: 'second', isRepeat: false } }]);
  });

  it('is done anew where something else was filled in, and only its last answer is kept', async () => {
    const answers = ['10:00', '14:00', '10:00', '10:00'];
    const work = vi.fn(async () => null);
    for (const answer of answers) await runFormOnce(opened.db, form('V3', answer), work);
    expect(work).toHaveBeenCalledTimes(3);
  });

  it('keeps what people write as they wrote it', async () => {
    const said = 'Pool \u0000 \ud800 “exhausted”';
    await runFormOnce(opened.db, form('V4'), async () => said);
    expect(await runFormOnce(opened.db, form('V4'), async () => '')).toEqual({ said, isRepeat: true });
  });

  it('of another workspace is another form', async () => {
    await runFormOnce(opened.db, form('V5'), async () => 'ours');
    const theirs = await runFormOnce(opened.db, { ...form('V5'), workspaceId: 'T2' }, async () => 'theirs');
    expect(theirs.said).toBe('theirs');
  });
});
