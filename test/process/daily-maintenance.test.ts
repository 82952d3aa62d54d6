import { afterEach, beforeEach, expect, it } from 'vitest';
import type { OpenDatabase } from '../../src/db/engine/client.ts';
import { outbox } from '../../src/db/schema/messages.ts';
import { OperatorError } from '../../src/domain/operator-error.ts';
import { makeLog } from '../../src/log.ts';
import { createDailyMaintenance } from '../../src/process/daily-maintenance.ts';
import { aProgram, later } from '../builders.ts';
import { databases } from '../databases.ts';

const night = new Date('2026-11-23T03:00:00Z');
let database: OpenDatabase;
let failures: number;
let backups: string[];

beforeEach(async () => {
  const [, onServer] = databases;
  if (!onServer) throw new Error('no PostgreSQL to test on');
  database = await onServer.openNew();
  failures = 0;
  backups = [];
});
afterEach(() => database.close());

function maintained(backUp: (on: string) => Promise<unknown>) {
  const onFailure = () => {
    failures += 1;
  };
  return createDailyMaintenance({ db: database.db, log: makeLog('silent'), onFailure, backUp });
}

it('backs up once a night, however often it looks', async () => {
  const maintenance = maintained(async (on) => backups.push(on));
  for (let tick = 0; tick < 4; tick += 1) {
    maintenance.start(night);
    maintenance.start(night);
    await maintenance.settled();
  }
  expect(backups).toEqual(['2026-11-23']);
});

it('tries a backup that failed again each hour, not at each look, and tells its leads once a day', async () => {
  await aProgram(database.db, { leadIds: ['ULEAD'] });
  let tries = 0;
  const full = maintained(() => {
    tries += 1;
    return Promise.reject(new OperatorError('The disk has 3 MB free.'));
  });
  const looks = [0, 15, 30, 59 * 60, 61 * 60, 61 * 60 + 15, 123 * 60];
  for (const seconds of looks) {
    full.start(later(night, seconds * 1_000));
    await full.settled();
  }
  expect(tries).toBe(3);
  expect(failures).toBe(3);
  const told = await database.db.select().from(outbox);
  expect(told.map(({ channel, body }) => [channel, body.text])).toEqual([
    ['ULEAD', expect.stringContaining('The backup of 23 Nov could not be written. The disk has 3 MB free.')],
  ]);
  const emptied = maintained(async (on) => backups.push(on));
  emptied.start(later(night, 184 * 60_000));
  await emptied.settled();
  expect(backups).toEqual(['2026-11-23']);
});
