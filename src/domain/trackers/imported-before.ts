import { DAY_MS } from '../time/durations.ts';

/** What an import has brought: the key that it had in the file, its address there, and when it was reported. */
type Imported = { key: string; link: string | null; seenAt: Date };

// A file may tell the day alone, of whichever time zone.
const SAME_TIME_MS = 2 * DAY_MS;

/**
 * Which of the imported reports is a ticket's own: the same address says so. Where no address was told, a whole key (OPS-1)
 * of the same day does, unless another place has such keys; a bare number may be of any repository.
 */
export function importOf<I extends Imported>(
  { url, key, reportedAt }: { url: string; key: string; reportedAt: Date },
  imported: readonly I[],
  { isKeyShared }: { isKeyShared: boolean },
): I | undefined {
  const isSameDay = (seenAt: Date) => Math.abs(seenAt.getTime() - reportedAt.getTime()) < SAME_TIME_MS;
  return (
    imported.find((one) => one.link === url || one.key === url) ??
    imported.find((one) => !isKeyShared && one.link === null && one.key === key && isSameDay(one.seenAt))
  );
}
