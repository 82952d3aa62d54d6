import { and, eq, lte } from 'drizzle-orm';
import { defaultSeed } from '../../sandbox/seed/seed.ts';
import type { Message } from '../../sandbox/state/model.ts';
import type { Db } from '../../src/db/engine/client.ts';
import { listPrograms } from '../../src/db/programs/programs.ts';
import { outbox } from '../../src/db/schema/messages.ts';
import { mulberry32 } from '../../src/domain/stats/random.ts';
import { WEEK_MS } from '../../src/domain/time/durations.ts';
import { addDays, isoWeekday } from '../../src/domain/time/local-date.ts';
import { localDateOn, localTimeAt, localTimeToInstant } from '../../src/domain/time/working-time.ts';
import { startBotInSandbox } from '../kit/bot-in-sandbox.ts';
import { TIME_ZONE as timeZone } from './claim.ts';
import { type Heard, type Held, holdStanding, type Moment } from './hold.ts';
import { type Log, readLog } from './log.ts';
import { lookAround } from './look.ts';
import { isPost, standing } from './said.ts';
import { answerDirect, confirmFixes, decideAll, decideSome, PEOPLE, report, setUp, type Team } from './team.ts';

/** A Saturday, midnight in Berlin. */
const START = new Date('2026-11-27T23:00:00Z');
const PACE_MS = 1_100;
const SETTLE_MS = 30_000;

export type Lived = Held & {
  /** Posts in the channel, outside of threads, in each week. */
  posts: number[];
  /** Direct messages to each person in each week, and to each who owned something in it. */
  directs: number[];
  ownerDirects: number[];
};

/** Lives through days as a team does, and holds each message that stands against the log, from hour to hour. */
export async function liveThrough(db: Db, days: number, seed: number): Promise<Lived> {
  const { sandbox, bot, stop } = await startBotInSandbox({
    db,
    // A process that gets no processor for a while must not lose its connection.
    transport: 'http',
    startAt: START,
    logLevel: 'fatal',
    followsClock: false,
    ackDeadlineMs: 60_000,
    workspace: { ...defaultSeed, users: PEOPLE },
  });
  try {
    await sandbox.settled();
    const [found] = await listPrograms(db);
    if (!found) throw new Error('The bot has started no program.');
    const beatAndDeliver = async () => {
      await bot.beat();
      await sandbox.settled();
      // One message a second and channel: time has to pass until all of a thread is out.
      while ((await countDue(db, new Date(sandbox.clock.now()))) > 0) {
        await sandbox.clock.step(PACE_MS);
        await bot.beat();
        await sandbox.settled();
      }
    };
    const pass = async () => {
      await bot.settled(SETTLE_MS);
      await sandbox.clock.step(PACE_MS);
      await beatAndDeliver();
    };
    const team: Team = { sandbox, db, program: found, random: mulberry32(seed), refused: new Map(), pass };
    team.program = await setUp(team);
    const lived: Held = {
      messages: 0,
      claims: new Map(),
      falses: new Map(),
      contradictions: new Map(),
      longestDigest: 0,
    };
    const heard: Heard = { texts: new Map(), triages: new Map(), closed: [], reminders: [] };
    const owners = Array.from({ length: Math.ceil(days / 7) }, () => new Set<string>());
    const hold = async (isLooking: boolean) => {
      const log = await readLog(db, team.program.id);
      const moment: Moment = { now: new Date(sandbox.clock.now()), said: new Map() };
      for (const { ownerId } of log.open) if (ownerId) owners[weekOf(moment.now)]?.add(ownerId);
      holdStanding(lived, heard, moment, standing(sandbox), log);
      if (isLooking) await lookAround(lived, moment, { sandbox, log, random: team.random });
    };
    for (const now of instantsOf(days)) {
      await sandbox.clock.set(now);
      await beatAndDeliver();
      await hold(LOOKS.includes(localTimeAt(now, timeZone)));
      if (!(await act(team, await readLog(db, team.program.id), now))) continue;
      // Whoever became an owner is told of several defects at once, a moment later.
      await sandbox.clock.step(GATHERED_MS);
      await beatAndDeliver();
      await hold(false);
    }
    return { ...lived, falses: new Map([...team.refused, ...lived.falses]), ...countPerWeek(team, owners) };
  } finally {
    await stop();
  }
}

const GATHERED_MS = 16_000;

/** When rituals come in Berlin, reminders in the zones of the team, and people act. */
const TIMES = ['05:00', '09:00', '09:31', '10:00', '10:30', '11:00', '13:00', '15:00', '15:31', '16:00', '18:31'];
const WEEKEND_TIMES = ['09:31', '15:00'];
const LOOKS = ['09:31', '15:00'];

function instantsOf(days: number): Date[] {
  const startOn = localDateOn(START, timeZone);
  return Array.from({ length: days }, (_, day) => addDays(startOn, day)).flatMap((on) =>
    (isoWeekday(on) > 5 ? WEEKEND_TIMES : TIMES).map((time) => localTimeToInstant(on, time, timeZone)),
  );
}

/** What a team does at a time of a working day in Berlin; whether it did something. */
async function act(team: Team, log: Log, now: Date): Promise<boolean> {
  const [on, time] = [localDateOn(now, timeZone), localTimeAt(now, timeZone)];
  const isMonday = isoWeekday(on) === 1;
  if (isoWeekday(on) > 5 || team.program.holidays.includes(on)) return false;
  if (['09:00', '13:00', '18:31'].includes(time)) await report(team, log, new Date(now.getTime() - 60_000));
  else if (isMonday && time === '10:30') await decideSome(team);
  else if (isMonday && time === '11:00') await decideAll(team);
  else if (time === '16:00') {
    await answerDirect(team);
    if (isoWeekday(on) === 4) await confirmFixes(team);
  } else return false;
  return true;
}

/** What is due by now and has not gone out. */
async function countDue(db: Db, now: Date): Promise<number> {
  return db.$count(outbox, and(eq(outbox.state, 'due'), lte(outbox.runAt, now)));
}

function weekOf(at: Date): number {
  return Math.floor((at.getTime() - START.getTime()) / WEEK_MS);
}

/** Messages are counted by the week in which they came. */
function countPerWeek(
  { sandbox }: Team,
  owners: readonly ReadonlySet<string>[],
): Pick<Lived, 'posts' | 'directs' | 'ownerDirects'> {
  const { inChannel, direct } = standing(sandbox);
  const inWeek = (week: number) => (one: Message) => weekOf(new Date(Number(one.ts) * 1_000)) === week;
  const of = (userId: string) => direct.filter((one) => one.userId === userId).map(({ message }) => message);
  const count = (userId: string, week: number) => of(userId).filter(inWeek(week)).length;
  const ids = sandbox.people().map(({ id }) => id);
  return {
    posts: owners.map((_, week) => inChannel.filter(isPost).filter(inWeek(week)).length),
    directs: owners.flatMap((_, week) => ids.map((id) => count(id, week))),
    ownerDirects: owners.flatMap((some, week) => [...some].map((id) => count(id, week))),
  };
}
