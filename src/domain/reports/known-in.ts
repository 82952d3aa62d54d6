/** What was seen in a span and told by its end, so that spans of the same length compare: the newest lacks what is told late. */
export function knownIn<R extends { seenAt: Date; filedAt: Date }>(
  reports: readonly R[],
  { after, upTo }: { after: Date; upTo: Date },
): R[] {
  return reports.filter(({ seenAt, filedAt }) => seenAt > after && seenAt <= upTo && filedAt <= upTo);
}
