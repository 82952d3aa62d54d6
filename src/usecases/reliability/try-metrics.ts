import { troubleWords } from '../../blocks/reliability/metric-trouble.ts';
import { readingLines } from '../../blocks/reliability/metric-words.ts';
import type { AskMetrics } from '../../domain/reliability/ask-metrics.ts';
import type { WantedSetup } from '../../domain/reliability/metrics-setup.ts';
import { readingOf } from '../../domain/reliability/stored-reading.ts';
import { WEEK_MS } from '../../domain/time/durations.ts';
import type { Program } from '../doing.ts';
import { askReading } from './ask-reading.ts';
import { checkedSetup } from './set-area-metrics.ts';

/** What the metrics say of the last seven days, a sentence a line, or why they say nothing. Keeps nothing. */
export async function tryMetrics(
  program: Program,
  ask: AskMetrics | undefined,
  wanted: WantedSetup,
  now: Date,
): Promise<string[]> {
  const { question, thresholdSeconds } = checkedSetup(wanted);
  if (!question) return ['Nobody is asked, so there is nothing to try.'];
  if (!ask) return ['PROMETHEUS_URL is not set, so there is nobody to ask.'];
  const span = { from: new Date(now.getTime() - WEEK_MS), to: now };
  const read = await askReading(ask, { question, thresholdSeconds }, span);
  if ('trouble' in read) return [troubleWords(read.trouble, read.lastAt, { now, timeZone: program.timeZone })];
  const reading = readingOf(read.ok);
  if (!reading) return ['Prometheus answers, and says neither how many requests there were nor whether it is up.'];
  return ['In the last seven days:', ...readingLines(reading, read.slowFrom)];
}
