import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { OpenDatabase } from '../../../src/db/engine/client.ts';
import { Refusal } from '../../../src/domain/errors/refusal.ts';
import { makeLog } from '../../../src/log.ts';
import {
  type Acting,
  finishRecorded,
  type Recording,
  recordAndAck,
  saysNothing,
} from '../../../src/requests/once/recorded.ts';
import { databases } from '../../databases.ts';

describe.each(databases)('a recorded request on $name', ({ open }) => {
  let database: OpenDatabase;
  let door: Recording;
  beforeAll(async () => {
    database = await open();
    const clock = { now: () => new Date('2026-11-23T09:00:00Z') };
    door = {
      db: database.db,
      clock: clock as Recording['clock'],
      log: makeLog('silent'),
      wake: () => {},
      onFailure: () => {},
    };
  });
  afterAll(() => database.close());

  /** Does a request whose answer cannot be told, and gives what is told of the same once its person has lost the right. */
  async function toldAfterLosingTheRight(key: string, wasDone: boolean) {
    const request: Acting = { ack: async () => {}, body: { trigger_id: key, team: { id: 'T1' } }, context: {} };
    const told: unknown[] = [];
    const tell = async (said: unknown) => told.push(said);
    const cannotTell = () => Promise.reject(new Error('Slack is away'));
    await recordAndAck(door, request);
    if (wasDone) await finishRecorded(door, request, tell, (once) => once(async () => 'D-1 is accepted.'), cannotTell);
    const refuses = () => Promise.reject(new Refusal('Join the channel first.'));
    await finishRecorded(door, request, async ({ text }) => told.push(text), refuses, tell);
    return { told, comesAgain: await recordAndAck(door, request) };
  }

  it('that was done tells what was done, though its person has lost the right meanwhile', async () => {
    expect(await toldAfterLosingTheRight('done', true)).toEqual({ told: ['D-1 is accepted.'], comesAgain: false });
  });

  it('that was not done is refused where its person has lost the right meanwhile', async () => {
    expect(await toldAfterLosingTheRight('not done', false)).toEqual({
      told: ['Join the channel first.'],
      comesAgain: false,
    });
  });

  it('is refused in words, and not kept, where there is no room to write it down', async () => {
    const full = Object.assign(new Error('could not extend file: No space left on device'), { code: '53100' });
    const db = new Proxy(database.db, {
      get: () => () => {
        throw new Error('Failed query: insert', { cause: full });
      },
    });
    const calls: string[] = [];
    const request: Acting = {
      ack: async () => calls.push('acked'),
      body: { trigger_id: 'no room', team: { id: 'T1' } },
      context: {},
    };
    const isTaken = await recordAndAck({ ...door, db }, request, async ({ text }) => calls.push(text));
    expect(isTaken).toBe(false);
    expect(calls).toEqual(['acked', expect.stringContaining('nothing was done')]);
    const broken = { ...request, ack: async () => calls.push('acked again') };
    const gone = new Proxy(database.db, {
      get: () => () => {
        throw new Error('something else');
      },
    });
    await expect(recordAndAck({ ...door, db: gone }, broken)).rejects.toThrow('something else');
    expect(calls).toHaveLength(2);
  });

  it('is kept while the disk of the database is full, and done once there is room', async () => {
    const request: Acting = { ack: async () => {}, body: { trigger_id: 'full', team: { id: 'T1' } }, context: {} };
    const told: unknown[] = [];
    await recordAndAck(door, request);
    const full = Object.assign(new Error('could not extend file: No space left on device'), { code: '53100' });
    const cannotWrite = () => Promise.reject(new Error('Failed query: update', { cause: full }));
    await finishRecorded(door, request, async ({ text }) => told.push(text), cannotWrite, saysNothing);
    await finishRecorded(
      door,
      request,
      saysNothing,
      (once) => once(async () => 'D-1 is accepted.'),
      async (said) => {
        told.push(said);
      },
    );
    expect(told).toEqual([expect.stringContaining('I have kept what you asked for'), 'D-1 is accepted.']);
  });
});
