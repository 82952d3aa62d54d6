import fc from 'fast-check';
import { expect, test } from 'vitest';
import { mulberry32, samplePoisson } from '../../../src/domain/stats/random.ts';
import { type AgendaDefect, assembleAgenda } from '../../../src/domain/triage/agenda.ts';

const WEEK_MS = 7 * 86_400_000;
const START = Date.UTC(2026, 0, 5);
const WEEKS = 104;
const LIMIT = 10;
/** So many threads in a row may pass over a defect that does more harm than the median. */
const MOST_WAITS = 6;

/** What varies between teams: per week what comes in and comes back, of what is asked the share that is decided or put off. */
type Team = { seed: number; arrivals: number; decides: number; defers: number; comebacks: number; backlog: number };

type Simulated = AgendaDefect & { isDone: boolean };

/** How often in a row a defect above the median was due and did not fit, in two years of weekly threads. */
function longestWait({ seed, arrivals, decides, defers, comebacks, backlog }: Team): number {
  const random = mulberry32(seed);
  const defects: Simulated[] = [];
  let longest = 0;
  const runs = new Map<number, number>();
  const arrive = (week: number, count: number) => {
    for (let i = 0; i < count; i++) defects.push(newDefect(defects.length + 1, week, 6 * random()));
  };
  arrive(0, backlog);
  for (let week = 0; week < WEEKS; week++) {
    const now = new Date(START + week * WEEK_MS);
    arrive(week, samplePoisson(random, arrivals));
    for (const one of defects) one.rankLevel += random() < 0.5 ? -0.25 : 0.25;
    const done = defects.filter(({ isDone }) => isDone);
    for (let i = samplePoisson(random, comebacks); i > 0 && done.length > 0; i--) {
      comeBack(done[Math.floor(random() * done.length)] as Simulated, new Date(now.getTime() - 1));
    }
    const open = defects.filter(({ isDone }) => !isDone);
    const { items, waiting } = assembleAgenda({ todayOn: '2026-01-05', defects: open }, { limit: LIMIT });
    const levels = open.map(({ rankLevel }) => rankLevel).sort((a, b) => a - b);
    const median = levels[Math.floor((levels.length - 1) / 2)] ?? 0;
    for (const { defect } of items) {
      const streak = defect.lastTime && !defect.lastTime.decision ? defect.lastTime.streak + 1 : 0;
      defect.agendaWaits = 0;
      runs.delete(defect.number);
      const dice = random();
      if (dice < decides) decide(defect);
      else {
        const isDeferred = dice < decides + defers;
        defect.lastTime = { decision: isDeferred ? 'defer' : null, streak, openedAt: now };
        defect.promised = isDeferred ? { kind: 'deferred', words: 'Later' } : undefined;
      }
    }
    for (const defect of waiting) {
      defect.agendaWaits += 1;
      const run = defect.rankLevel > median ? (runs.get(defect.number) ?? 0) + 1 : 0;
      runs.set(defect.number, run);
      longest = Math.max(longest, run);
    }
  }
  return longest;
}

function newDefect(number: number, week: number, rankLevel: number): Simulated {
  return {
    ...{ number, rankLevel, state: 'new', severity: 'S3', regressedAt: null, ownerId: null, dueOn: null },
    ...{ reportCount: 3, reporterCount: 2, agendaWaits: 0, isAsked: false, isFresh: true, isDone: false },
    firstSeenAt: new Date(START + week * WEEK_MS),
  };
}

function decide(defect: Simulated): void {
  defect.isDone = true;
  defect.ownerId = 'UANA';
  defect.comeback = undefined;
  defect.promised = undefined;
  defect.lastTime = undefined;
}

function comeBack(defect: Simulated, at: Date): void {
  defect.isDone = false;
  defect.state = 'accepted';
  defect.comeback = { kind: 'failed', why: 'The fix failed.', at };
}

const aTeam = fc.record({
  seed: fc.integer(),
  arrivals: fc.double({ min: 0, max: 4, noNaN: true }),
  decides: fc.double({ min: 0.6, max: 1, noNaN: true }),
  defers: fc.double({ min: 0, max: 0.2, noNaN: true }),
  comebacks: fc.double({ min: 0, max: 1, noNaN: true }),
  backlog: fc.nat(40),
});

test(`no defect above the median waits more than ${MOST_WAITS} threads in two years, whatever comes in and is left open`, () => {
  fc.assert(
    fc.property(aTeam, (team) => {
      expect(longestWait(team)).toBeLessThanOrEqual(MOST_WAITS);
    }),
    { numRuns: 100 },
  );
});
