import { type BotOfMany, startBotOfMany } from '../../bench/kit/bot-of-many.ts';
import type { Seed } from '../../sandbox/options.ts';
import type { BotOptions } from '../../src/bot.ts';
import type { TestDatabase } from '../databases.ts';
import { someKeys } from '../some-keys.ts';

const PIER: Seed = {
  team: { name: 'Pier', domain: 'pier' },
  users: [{ name: 'paula', realName: 'Paula Pier', timeZone: 'Europe/Lisbon', role: 'admin' }],
  channels: [{ name: 'general' }, { name: 'stability' }],
};

export const HARBOUR_ANA = 'THARBOUR0 UANA00000';
export const PIER_PAULA = 'TPIER0000 UPAULAPIER';

export type OauthWorld = Awaited<ReturnType<typeof openOauthWorld>>;

/** A bot that workspaces install themselves, and two workspaces of one organisation that have not done so. */
export async function openOauthWorld(
  database: TestDatabase,
  over: { rotates?: boolean; paces?: BotOptions['paces'] } = {},
) {
  const opened = await database.open();
  const many: BotOfMany = await startBotOfMany({
    db: opened.db,
    keys: someKeys,
    startAt: new Date('2026-03-02T09:00:00Z'),
    logLevel: process.env.TEST_LOG_LEVEL ?? 'fatal',
    workspaces: [undefined, PIER],
    ...over,
  });
  const { sandbox, bot, address, install } = many;
  return {
    db: opened.db,
    ...{ sandbox, bot, install },
    origin: address,
    pass: async (ms: number) => {
      await sandbox.clock.step(ms);
      await bot.beat();
      await sandbox.settled();
    },
    close: async () => {
      await sandbox.settled();
      await many.stop();
      await opened.close();
    },
  };
}
