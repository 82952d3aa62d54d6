import { afterEach, beforeEach, expect, it } from 'vitest';
import type { OpenDatabase } from '../../src/db/engine/client.ts';
import { makeLog } from '../../src/log.ts';
import { createDailyMaintenance } from '../../src/process/daily-maintenance.ts';
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

it('counts a backup that failed and makes it at the next look', async () => {
  const full = maintained(() => Promise.reject(new Error('no space left on device')));
  full.start(night);
  await full.settled();
  expect(failures).toBe(1);
  const emptied = maintained(async (on) => backups.push(on));
  emptied.start(night);
  await emptied.settled();
  expect(backups).toEqual(['2026-11-23']);
});

it('rests for an hour after a backup that failed, so that a full disk is not copied at each look', async () => {
  let copied = 0;
  const full = maintained(() => {
    copied += 1;
    return Promise.reject(new Error('no space left on device'));
  });
  for (const minutes of [0, 1, 59, 60, 61]) {
    full.start(new Date(night.getTime() + minutes * 60_000));
    await full.settled();
  }
  expect(copied).toBe(2);
});
