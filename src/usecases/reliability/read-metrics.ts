import type { Program } from '../../db/programs/programs.ts';
import { listSchedules } from '../../db/programs/schedules.ts';
import {
  type AreaMetrics,
  claimAreaMetrics,
  listAskedAreas,
  releaseAreaMetrics,
  whileStillAsked,
} from '../../db/reliability/area-metrics.ts';
import { listKnownSpans, upsertReading } from '../../db/reliability/reliability.ts';
import type { AskMetrics } from '../../domain/reliability/ask-metrics.ts';
import { isOfTheServer, type MetricsTrouble } from '../../domain/reliability/metrics-trouble.ts';
import { planReadings, readAgainAt, type SpanToRead, spansUpTo } from '../../domain/reliability/plan-readings.ts';
import { NOTHING_READ } from '../../domain/reliability/stored-reading.ts';
import { nextInstant } from '../../domain/time/cadence.ts';
import { DAY_MS, MINUTE_MS } from '../../domain/time/durations.ts';
import type { Db } from '../doing.ts';
import { askPresence, askReading, askStop } from './ask-reading.ts';
import { readFiringCounts } from './read-firing-counts.ts';

/** Longer than a pass can take, whatever is slow. */
const CLAIM_MS = 5 * MINUTE_MS;
const PASS_SPANS = 6;
const SERVER_RETRY_MS = 5 * MINUTE_MS;
const QUESTION_RETRY_MS = 60 * MINUTE_MS;

/**
 * Asks the metrics of each area for what is due, a few spans at a time, and keeps the answers. Any number of replicas
 * may: an area is read by one of them, and a span is one row. True where more is due at once.
 */
export async function readMetrics(db: Db, ask: AskMetrics, now: Date): Promise<boolean> {
  let isMoreDue = false;
  for (const { areaId, program } of await listAskedAreas(db, now)) {
    const claimed = await claimAreaMetrics(db, areaId, now, new Date(now.getTime() + CLAIM_MS));
    if (!claimed) continue;
    let state: PassState = { ...stateOf(claimed), readAgainAt: new Date(now.getTime() + SERVER_RETRY_MS) };
    try {
      state = await readArea(db, ask, program, claimed, now);
    } finally {
      await releaseAreaMetrics(db, claimed, state);
    }
    isMoreDue ||= state.readAgainAt === null;
  }
  return isMoreDue;
}

type PassState = Pick<AreaMetrics, 'trouble' | 'troubledSince' | 'goodUntil' | 'readAgainAt'>;

function stateOf({ trouble, troubledSince, goodUntil, readAgainAt: again }: AreaMetrics): PassState {
  return { trouble, troubledSince, goodUntil, readAgainAt: again };
}

async function readArea(db: Db, ask: AskMetrics, program: Program, area: AreaMetrics, now: Date): Promise<PassState> {
  const { question, thresholdSeconds } = area;
  const digest = (await listSchedules(db, program.id)).find(({ ritual }) => ritual === 'digest')?.cadence;
  if (!question || !digest) return { ...stateOf(area), readAgainAt: new Date(now.getTime() + QUESTION_RETRY_MS) };
  const nextDigestAt = nextInstant(digest, now);
  const spans = spansUpTo(now, { timeZone: program.timeZone, digest });
  const due = planReadings(spans, await listKnownSpans(db, area.areaId), { now, nextDigestAt });
  const current = await currentState(ask, area, now, due);
  if (current.trouble && isOfTheServer(current.trouble)) return current;
  let misunderstood: MetricsTrouble | null = null;
  let isUnderstood = false;
  let goodUntil = current.goodUntil;
  for (const { span, startsAt, endsAt } of due.slice(0, PASS_SPANS)) {
    const to = earlier(endsAt, now);
    const read = await askReading(ask, { question, thresholdSeconds }, { from: startsAt, to });
    if ('trouble' in read && isOfTheServer(read.trouble)) return troubled(area, read.trouble, area.goodUntil, now);
    if ('trouble' in read && !isSilence(read.trouble)) misunderstood = read.trouble;
    else if ('ok' in read) isUnderstood = true;
    if (read.lastAt && read.lastAt >= to && (!goodUntil || to > goodUntil)) goodUntil = to;
    const figures = 'ok' in read ? read.ok : NOTHING_READ;
    const reading = { ...figures, areaId: area.areaId, span, startsAt, endsAt, readAt: now };
    const isKept = await whileStillAsked(db, area, (tx) => upsertReading(tx, reading));
    if (!isKept) return { ...stateOf(area), readAgainAt: null };
  }
  const trouble = await readFiringCounts(db, ask, area, now);
  if (trouble) return troubled(area, trouble, area.goodUntil, now);
  const isDone = due.length <= PASS_SPANS;
  const again = isDone ? readAgainAt(spans, now, nextDigestAt) : null;
  if (misunderstood) return { ...troubled(area, misunderstood, area.goodUntil, now), readAgainAt: again };
  const stands = area.trouble && !isOfTheServer(area.trouble) && !isSilence(area.trouble) && !isUnderstood;
  return { ...(stands ? stateOf(area) : current), goodUntil, readAgainAt: again };
}

/** Whether data come in at this hour: looked at when a span that is not over is due, else as it was. */
async function currentState(
  ask: AskMetrics,
  area: AreaMetrics,
  now: Date,
  due: readonly SpanToRead[],
): Promise<PassState> {
  const { question, goodUntil } = area;
  const isWanted = due.some(({ endsAt }) => endsAt > now) || (area.trouble !== null && isOfTheServer(area.trouble));
  if (!question || !isWanted) return stateOf(area);
  const present = await askPresence(ask, question, { from: new Date(now.getTime() - 7 * DAY_MS), to: now });
  if ('trouble' in present) return troubled(area, present.trouble, goodUntil, now);
  const { lastAt } = present.ok;
  if (lastAt?.getTime() === now.getTime())
    return { trouble: null, troubledSince: null, goodUntil: now, readAgainAt: null };
  const since = lastAt ? await askStop(ask, question, lastAt) : goodUntil;
  return { trouble: { kind: 'no_data' }, troubledSince: since, goodUntil: since, readAgainAt: null };
}

/** A trouble that goes on keeps its beginning, whatever form it takes. */
function troubled(area: AreaMetrics, trouble: MetricsTrouble, since: Date | null, now: Date): PassState {
  const waitMs = isOfTheServer(trouble) ? SERVER_RETRY_MS : QUESTION_RETRY_MS;
  const troubledSince = area.troubledSince ?? since ?? (isOfTheServer(trouble) ? now : null);
  return { trouble, troubledSince, goodUntil: area.goodUntil, readAgainAt: new Date(now.getTime() + waitMs) };
}

function isSilence({ kind }: MetricsTrouble): boolean {
  return kind === 'no_data' || kind === 'gaps';
}

function earlier(a: Date, b: Date): Date {
  return a < b ? a : b;
}
