// @module-tag slow
import { readFile } from 'node:fs/promises';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type BotInSandbox, startBotInSandbox } from '../../bench/kit/bot-in-sandbox.ts';
import { GOLDENS } from '../../bench/senders/all-goldens.ts';
import { ARRIVES_AT, aDefect } from '../../bench/senders/golden.ts';
import { differencesOf } from '../../bench/senders/golden-differences.ts';
import { goldenRow } from '../../bench/senders/golden-words.ts';
import { benchKeys, type GoldenStage, playGolden } from '../../bench/senders/play-golden.ts';
import { sendHostileBodies, sendSpoiled } from '../../bench/senders/play-hostile.ts';
import type { OpenDatabase } from '../../src/db/engine/client.ts';
import { SIGNAL_KINDS } from '../../src/domain/signals/signal.ts';
import { mulberry32 } from '../../src/domain/stats/random.ts';
import { makeLog } from '../../src/log.ts';
import { databases } from '../databases.ts';

describe('what senders send', () => {
  let opened: OpenDatabase;
  let running: BotInSandbox;
  let stage: GoldenStage;
  const troubles: string[] = [];
  beforeAll(async () => {
    const found = await databases[1]?.openNew();
    if (!found) throw new Error('no PostgreSQL to test on');
    opened = found;
    running = await startBotInSandbox({
      db: opened.db,
      transport: 'http',
      startAt: ARRIVES_AT,
      logLevel: 'error',
      log: makeLog('error', { write: (line: string) => void troubles.push(line) }),
      keys: benchKeys,
      followsClock: false,
    });
    stage = { db: opened.db, address: running.address, clock: running.sandbox.clock };
  });
  afterAll(async () => {
    await running?.stop();
    await opened?.close();
  });

  it('becomes what is stated, in every situation that senders are known for', async () => {
    const differences: string[] = [];
    for (const golden of GOLDENS)
      differences.push(
        ...differencesOf(golden, await playGolden(stage, golden)).map(
          (one) => `${golden.kind}, ${golden.situation}: ${one}`,
        ),
      );
    expect(differences).toEqual([]);
  });

  it('has situations of every kind but that of figures', () => {
    const missing = SIGNAL_KINDS.filter((kind) => kind !== 'metrics' && !GOLDENS.some((one) => one.kind === kind));
    expect(missing).toEqual([]);
  });

  it('is found out where it becomes something else', async () => {
    const [golden] = GOLDENS;
    if (!golden) throw new Error('no golden');
    const played = await playGolden(stage, golden);
    expect(differencesOf({ ...golden, becomes: [] }, played)).toHaveLength(golden.becomes.length);
    const other = { ...golden, becomes: [aDefect('Something else', { card: ['a line'] })], releases: ['v1'] };
    expect(differencesOf(other, played)).toEqual(
      expect.arrayContaining(['D-1 does not say “a line”', 'not released: v1']),
    );
  });

  it.each(SIGNAL_KINDS)('and is no delivery of %s is refused in words, and leaves nothing', async (kind) => {
    expect((await sendHostileBodies(stage, kind)).faults).toEqual([]);
  });

  it('is worked on whatever its values are', async () => {
    const random = mulberry32(5);
    const firsts = GOLDENS.filter(({ kind }, i) => GOLDENS.findIndex((one) => one.kind === kind) === i);
    for (const golden of firsts) {
      const { faults, letIn } = await sendSpoiled(stage, golden, 10, random);
      expect(faults).toEqual([]);
      expect(letIn).toBeGreaterThan(0);
    }
    expect(troubles).toEqual([]);
  });

  it('stands in the table of the evidence as it becomes', async () => {
    const evidence = await readFile(new URL('../../docs/evidence.md', import.meta.url), 'utf8');
    expect(GOLDENS.map(goldenRow).filter((row) => !evidence.includes(row))).toEqual([]);
  });
});
