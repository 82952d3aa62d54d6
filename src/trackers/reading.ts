import { z } from 'zod';
import type { TrackerAnswer } from '../domain/trackers/tracker.ts';

const UNREADABLE = {
  trouble: { kind: 'refused', words: 'The tracker answered in a form that I do not know.' },
} as const;

/** What a tracker answered, as the schema says that it is; anything else is told as what it is. */
export function reading<S extends z.ZodType, T>(
  answer: TrackerAnswer<unknown>,
  schema: S,
  make: (given: z.infer<S>) => T,
): TrackerAnswer<T> {
  if ('trouble' in answer) return answer;
  const read = schema.safeParse(answer.ok);
  return read.success ? { ok: make(read.data) } : UNREADABLE;
}

export function readingAll<S extends z.ZodType>(
  answer: TrackerAnswer<unknown>,
  schema: S,
): TrackerAnswer<z.infer<S>[]> {
  return reading(answer, z.array(schema), (all) => all as z.infer<S>[]);
}

/** What each of a list is read as, with all that the tracker said of it. */
export function beside<T>(read: readonly T[], raw: unknown): { read: T; record: Record<string, unknown> }[] {
  const records = Array.isArray(raw) ? (raw as Record<string, unknown>[]) : [];
  return read.map((one, i) => ({ read: one, record: records[i] ?? {} }));
}
