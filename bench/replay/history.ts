import type { Sandbox } from '../../sandbox/engine/sandbox.ts';
import { listRanked } from '../../src/db/defects/defects.ts';
import type { Db } from '../../src/db/engine/client.ts';
import { isAnythingDue } from '../../src/db/messages/waiting-messages.ts';
import { findDefaultProgram, listWorkspaces } from '../../src/db/programs/programs.ts';
import { listSchedules } from '../../src/db/programs/schedules.ts';
import { harmPerWeek, heatAt } from '../../src/domain/defects/rank.ts';
import { identityGaps, openCount } from '../../src/domain/digest/burndown.ts';
import type { Happening } from '../../src/domain/import/plan-history.ts';
import { mulberry32 } from '../../src/domain/stats/random.ts';
import { WEEK_MS } from '../../src/domain/time/durations.ts';
import { importHappenings } from '../../src/import/import-history.ts';
import { startImportRun } from '../../src/import/import-program.ts';
import { burndownWithin } from '../../src/usecases/digest/gather-burndown.ts';
import { startBotInSandbox } from '../kit/bot-in-sandbox.ts';
import { beatsWithin } from './instants.ts';
import { peopleOf } from './people.ts';

export type ReplayedWeek = {
  upTo: Date;
  new: number;
  open: number;
  claimed: number;
  proven: number;
  cameBack: number;
  decided: number;
  messages: number;
  hottest: { number: number; title: string; harm: number } | null;
  /** Empty where the burn-down adds up. */
  gaps: string[];
};

export type Replay = { sandbox: Sandbox; weeks: ReplayedWeek[]; stop: () => Promise<void> };

// Nobody waits for these in real seconds, and the sandbox has no limit of its own here.
const AT_ONCE = { posts: { perSecond: 1e6, burst: 1e6 }, edits: { perSecond: 1e6, burst: 1e6 } };
const CAST = ['ana', 'ben', 'chloe', 'dev', 'femi'];

/**
 * Lives through a history with the real bot: its clock is moved from one instant at which something is due to the next,
 * reports come in at theirs, and a team decides some of what triage asks. What is older than `from` is there at the start.
 */
export async function replayHistory(options: {
  db: Db;
  happenings: readonly Happening[];
  from: Date;
  weeks: number;
  seed: number;
  port?: number;
  logLevel?: string;
  onWeek?: (week: ReplayedWeek) => void;
}): Promise<Replay> {
  const { db, happenings, from } = options;
  const { sandbox, bot, stop } = await startBotInSandbox({
    db,
    transport: 'socket',
    startAt: from,
    logLevel: options.logLevel ?? 'error',
    followsClock: false,
    paces: AT_ONCE,
    ...(options.port === undefined ? {} : { port: options.port }),
  });
  const program = await findDefaultProgram(db, (await listWorkspaces(db))[0]?.id ?? '');
  if (!program) throw new Error('The bot has started no program in the sandbox.');
  const users = CAST.flatMap((name) => sandbox.user(name) ?? []);
  const cast = users.map(({ id }) => id);
  const run = await startImportRun(db, program, {
    isLive: true,
    ownerOf: (id) => cast[hashOf(id) % cast.length] ?? '',
  });
  const people = peopleOf(db, program, cast, mulberry32(options.seed));
  const schedules = await listSchedules(db, program.id);
  const zones = [...new Set(users.map(({ timeZone }) => timeZone))];

  const settle = async () => {
    await bot.beat();
    while (await isAnythingDue(db, new Date(sandbox.clock.now()))) {
      await new Promise((resolve) => setTimeout(resolve, 3));
    }
  };
  let next = 0;
  const fileUpTo = async (at: Date) => {
    const first = next;
    while (next < happenings.length && (happenings[next]?.at ?? at) <= at) next += 1;
    await importHappenings(db, run, happenings.slice(first, next));
  };

  const weeks: ReplayedWeek[] = [];
  await fileUpTo(from);
  await settle();
  for (let after = from; weeks.length < options.weeks; after = new Date(after.getTime() + WEEK_MS)) {
    const upTo = new Date(after.getTime() + WEEK_MS);
    const sentBefore = sandbox.audit.calls('chat.postMessage').length;
    let decided = 0;
    for (const beat of beatsWithin(program, schedules, zones, { from: after, upTo })) {
      await sandbox.clock.set(beat.at);
      await fileUpTo(beat.at);
      if (beat.people) decided += await people[beat.people](beat.at);
      await settle();
    }
    const messages = sandbox.audit.calls('chat.postMessage').length - sentBefore;
    const week = { ...(await lookBack({ after, upTo })), decided, messages };
    weeks.push(week);
    options.onWeek?.(week);
    // The record of every call would outgrow the messages themselves.
    sandbox.audit.clear();
  }
  return { sandbox, weeks, stop };

  async function lookBack(window: { after: Date; upTo: Date }) {
    const burndown = await burndownWithin(db, program as NonNullable<typeof program>, window);
    const { now, lines } = burndown;
    const [hottest] = await listRanked(db, run.program.id, { kind: 'all' }, { limit: 1 });
    const { halfLifeDays } = run.program;
    return {
      upTo: window.upTo,
      new: lines.new.count,
      open: openCount(now),
      claimed: now.claimed,
      proven: lines.proven.count,
      cameBack: lines.failed.count + lines.regressed.count,
      hottest: hottest
        ? {
            number: hottest.number,
            title: hottest.title,
            harm: harmPerWeek(heatAt(hottest.heatLevel, window.upTo, halfLifeDays), halfLifeDays),
          }
        : null,
      gaps: identityGaps(burndown),
    };
  }
}

function hashOf(text: string): number {
  return [...text].reduce((hash, letter) => (hash * 31 + (letter.codePointAt(0) ?? 0)) % 1_000_003, 7);
}
