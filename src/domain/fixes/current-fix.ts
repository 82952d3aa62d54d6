import { isComeback } from '../defects/lifecycle.ts';
import type { ComebackKind } from '../vocabulary.ts';

type Event = { id: number; at: Date; kind: string; data: unknown };

/** When a defect came back last; what was merged before belongs to a fix that is gone. Null where it never did. */
export function cameBackAt(events: readonly Event[]): Date | null {
  return events.findLast((event) => endsFix(event, events))?.at ?? null;
}

/** Whether a verdict was on the fix that a merge was part of: it was merged by then, and nothing ended that fix in between. */
export function isVerdictOn(mergedAt: Date, verdict: Event, events: readonly Event[]): boolean {
  const between = events.some((event) => event.id < verdict.id && event.at >= mergedAt && endsFix(event, events));
  return mergedAt <= verdict.at && !between;
}

export function isVerdict(kind: string): kind is 'proven' | ComebackKind {
  return kind === 'proven' || isComeback(kind);
}

/** A fix that has ended a part goes on where its owner keeps proving it. */
function endsFix({ id, kind }: Event, events: readonly Event[]): boolean {
  if (!isComeback(kind)) return false;
  const next = events.find((event) => event.id > id && event.kind === 'claimed');
  return (next?.data as { resumedAt?: string | null } | null | undefined)?.resumedAt == null;
}
