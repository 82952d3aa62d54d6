/** An occurrence by its names and its start. Each name is of a kind, such as `charge:ch_1`. */
export type NamedOccurrence = { names: readonly string[]; startedAt: Date };

/** Kinds that tell occurrences of one thing apart, and are no name of any: the number of an attempt, which time it is. */
const MARKS = ['attempt', 'turn'];
/** Kinds that two occurrences may share by chance, so that they count only for a short time. */
const HINTS = ['pays'];

/** Kinds of which each names one occurrence and no other, so that no time comes between what shares one. */
const UNIQUE = ['charge'];

const HINTED_WITHIN_MS = 10 * 60_000;
/** Whoever tells of one failure by several events tells of all at once; the next attempt is hours away. */
export const NAMED_WITHIN_MS = 60 * 60_000;

/**
 * The occurrence that an event is one more sign of, or undefined: the nearest in time of those that share a name with it,
 * or a hint within minutes, and contradict it in none. Two names of one kind that differ are a contradiction.
 */
export function sameOccurrence<O extends NamedOccurrence>(event: NamedOccurrence, known: readonly O[]): O | undefined {
  const apartMs = (one: NamedOccurrence) => Math.abs(one.startedAt.getTime() - event.startedAt.getTime());
  return known
    .filter((one) => isSame(event, one, apartMs(one)))
    .sort((a, b) => strengthOf(event, b) - strengthOf(event, a) || apartMs(a) - apartMs(b))[0];
}

/** All that is known of an occurrence after one more event has told of it. */
export function joinNames(known: readonly string[], told: readonly string[]): string[] {
  return [...new Set([...known, ...told])];
}

function isSame(event: NamedOccurrence, one: NamedOccurrence, apartMs: number): boolean {
  if (isContradicted(event.names, one.names)) return false;
  if (apartMs > NAMED_WITHIN_MS) return sharedOf(event, one, (name) => UNIQUE.includes(kindOf(name))).length > 0;
  return (
    sharedOf(event, one, isName).length > 0 || (apartMs <= HINTED_WITHIN_MS && sharedOf(event, one, isHint).length > 0)
  );
}

function isContradicted(names: readonly string[], others: readonly string[]): boolean {
  return names.some((name) => {
    if (isHint(name)) return false;
    const ofKind = others.filter((other) => kindOf(other) === kindOf(name));
    return ofKind.length > 0 && !ofKind.includes(name);
  });
}

function strengthOf(event: NamedOccurrence, one: NamedOccurrence): number {
  return sharedOf(event, one, isName).length;
}

function sharedOf(a: NamedOccurrence, b: NamedOccurrence, isMeant: (name: string) => boolean): string[] {
  return a.names.filter((name) => isMeant(name) && b.names.includes(name));
}

function isName(name: string): boolean {
  return !isHint(name) && !MARKS.includes(kindOf(name));
}

function isHint(name: string): boolean {
  return HINTS.includes(kindOf(name));
}

function kindOf(name: string): string {
  return name.split(':', 1)[0] ?? '';
}
