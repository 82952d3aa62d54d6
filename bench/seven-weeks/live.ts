import { and, eq, lte } from 'drizzle-orm';
import type { Message } from '../../sandbox/model.ts';
import type { Db } from '../../src/db/engine/client.ts';
import { listPrograms } from '../../src/db/programs/programs.ts';
import { outbox } from '../../src/db/schema/messages.ts';
import { mulberry32 } from '../../src/domain/stats/random.ts';
import { WEEK_MS } from '../../src/domain/time/durations.ts';
import { addDays, isoWeekday } from '../../src/domain/time/local-date.ts';
import { localDateOn, localTimeAt, localTimeToInstant } from '../../src/domain/time/working-time.ts';
import { startBotInSandbox } from '../bot-in-sandbox.ts';
import { TIME_ZONE as timeZone } from './claims.ts';
import { type Heard, type Held, holdAgainstLog } from './hold.ts';
import { type Log, readLog } from './log.ts';
import { standing } from './said.ts';
import { claimOne, decideAll, report, setUp, type Team } from './team.ts';

/** A Saturday, midnight in Berlin, seven weeks before a Monday in January. */
const START = new Date('2026-11-27T23:00:00Z');

export type Lived = Held & {
  /** Posts in the channel, outside of threads, in each week. */
  posts: number[];
  /** Direct messages to each owner in each week. */
  directs: number[];
};

/** Lives through weeks as a team does, and holds each message that stands against the log, from hour to hour. */
export async function liveThrough(db: Db, weeks: number, seed: number): Promise<Lived> {
  const { sandbox, bot, stop } = await startBotInSandbox({
    db,
    transport: 'socket',
    startAt: START,
    logLevel: 'fatal',
    followsClock: false,
  });
  try {
    await sandbox.settled();
    const [found] = await listPrograms(db);
    if (!found) throw new Error('The bot has started no program.');
    const team: Team = { sandbox, db, program: found, random: mulberry32(seed) };
    team.program = await setUp(team);
    const lived: Held = { messages: 0, claims: 0, falses: [], longestDigest: 0 };
    const heard: Heard = { messages: new Set(), triages: new Map() };
    const hold = async (now: Date) =>
      holdAgainstLog(lived, heard, standing(sandbox), await readLog(db, team.program.id), now);
    // One message a second and channel: time has to pass until all of a thread is out.
    const beatAndDeliver = async () => {
      await bot.beat();
      await sandbox.settled();
      while ((await countDue(db, new Date(sandbox.clock.now()))) > 0) {
        await sandbox.clock.step(PACE_MS);
        await bot.beat();
        await sandbox.settled();
      }
    };
    for (const now of instantsOf(weeks)) {
      await sandbox.clock.set(now);
      await beatAndDeliver();
      await hold(now);
      if (!(await act(team, await readLog(db, team.program.id), now))) continue;
      await beatAndDeliver();
      await hold(now);
    }
    return { ...lived, ...countPerWeek(team, weeks) };
  } finally {
    await stop();
  }
}

const PACE_MS = 1_100;

/** When rituals come in Berlin, reminders in the zones of the team, and people act. */
const TIMES = ['01:30', '05:00', '09:00', '09:30', '10:00', '11:00', '13:00', '14:00', '15:00', '15:30', '16:00'];

function instantsOf(weeks: number): Date[] {
  const startOn = localDateOn(START, timeZone);
  return Array.from({ length: 7 * weeks }, (_, day) => addDays(startOn, day)).flatMap((on) =>
    TIMES.map((time) => localTimeToInstant(on, time, timeZone)),
  );
}

/** What a team does at a time of a working day in Berlin; whether it did something. */
async function act(team: Team, log: Log, now: Date): Promise<boolean> {
  const [on, time] = [localDateOn(now, timeZone), localTimeAt(now, timeZone)];
  if (isoWeekday(on) > 5 || team.program.holidays.includes(on)) return false;
  if (['09:00', '13:00', '16:00'].includes(time)) await report(team, log, new Date(now.getTime() - 60_000));
  else if (isoWeekday(on) === 1 && time === '11:00') await decideAll(team);
  else if (isoWeekday(on) === 3 && time === '14:00') await claimOne(team);
  else return false;
  return true;
}

/** What is due by now and has not gone out. */
async function countDue(db: Db, now: Date): Promise<number> {
  return db.$count(outbox, and(eq(outbox.state, 'due'), lte(outbox.runAt, now)));
}

/** Messages are counted by the week in which they came. */
function countPerWeek({ sandbox }: Team, weeks: number): Pick<Lived, 'posts' | 'directs'> {
  const { inChannel, direct } = standing(sandbox);
  const weekOf = ({ ts }: Message) => Math.floor((Number(ts) * 1_000 - START.getTime()) / WEEK_MS);
  const count = (messages: readonly Message[], week: number) => messages.filter((one) => weekOf(one) === week).length;
  const posts = inChannel.filter(({ threadTs, ts }) => threadTs === undefined || threadTs === ts);
  const all = Array.from({ length: weeks }, (_, week) => week);
  const byPerson = Map.groupBy(direct, ({ userId }) => userId);
  return {
    posts: all.map((week) => count(posts, week)),
    directs: [...byPerson.values()].flatMap((list) =>
      all.map((week) =>
        count(
          list.map((one) => one.message),
          week,
        ),
      ),
    ),
  };
}
