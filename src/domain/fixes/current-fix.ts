type Event = { id: number; at: Date; kind: string };

/** When a defect came back last; what was merged before belongs to a fix that is gone. Null where it never did. */
export function cameBackAt(events: readonly Event[]): Date | null {
  return events.findLast(({ kind }) => isComeback(kind))?.at ?? null;
}

/** Whether a verdict was on the fix that a merge was part of: it was merged by then, and nothing came back in between. */
export function isVerdictOn(mergedAt: Date, verdict: Event, events: readonly Event[]): boolean {
  const between = events.some(({ id, at, kind }) => isComeback(kind) && id < verdict.id && at >= mergedAt);
  return mergedAt <= verdict.at && !between;
}

export function isVerdict(kind: string): kind is 'proven' | 'failed' | 'regressed' {
  return kind === 'proven' || isComeback(kind);
}

function isComeback(kind: string): kind is 'failed' | 'regressed' {
  return kind === 'failed' || kind === 'regressed';
}
