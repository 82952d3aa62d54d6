import type { Change } from './stored-state.ts';
import type { Swap } from './swaps.ts';
import type { Way } from './way.ts';
import { homeOf, type Kind, type Level, levelOf, PROGRAMS, type ProgramName, reaches } from './who-may.ts';
import { areaWord, type Place, titleWord, type World } from './world.ts';

/**
 * Somebody tries one way to a program. `inner` is the place whose inner ids the request names, where it is another one;
 * `swap` is what else of the request is that of the place's installation, where the person has another one.
 */
export type Attempt = { way: Way; kind: Kind; place: Place; inner?: Place; swap?: Swap };

export type Finding = 'forbidden read' | 'forbidden change' | 'allowed, and failed';

/** What was answered to the person, what changed because of it, and in which workspaces the bot did something. */
export type Outcome = { told: string; changes: readonly Change[]; actedIn: readonly string[] };

export function judge(attempt: Attempt, { told, changes, actedIn }: Outcome, { nameOf, domainOf }: World): Finding[] {
  const { way, kind, place, inner } = attempt;
  const findings: Finding[] = [];
  const reads = PROGRAMS.filter((name) => !mayRead(levelIn(attempt, name), name, told));
  if (reads.length > 0) findings.push('forbidden read');
  // Rows that name no program belong to one that changed with them.
  const named = changes.flatMap(({ programId }) => nameOf.get(programId) ?? []);
  const changed = new Set(changes.length > 0 && named.length === 0 ? [place.name] : named);
  const mayChange = (name: ProgramName) =>
    (!inner || way.passesOver) && way.needs !== 'nobody' && reaches(levelIn(attempt, name), way.needs);
  const isElsewhere = actedIn.some((id) => domainOf(id) !== homeOf(kind));
  if (isElsewhere || [...changed].some((name) => !mayChange(name))) findings.push('forbidden change');
  if (isAllowed(attempt) && !hasHappened(attempt, told, changed)) findings.push('allowed, and failed');
  return findings;
}

/** Whoever goes by the name of somebody else has nothing of either's. */
function levelIn({ kind, swap }: Attempt, name: ProgramName): Level {
  return swap === 'user' ? 'nothing' : levelOf(kind, name);
}

function mayRead(level: Level, name: ProgramName, told: string): boolean {
  if (told.includes(titleWord(name))) return reaches(level, 'read');
  return !told.includes(areaWord(name)) || reaches(level, 'report');
}

function isAllowed({ way, kind, place, inner, swap }: Attempt): boolean {
  const { needs } = way;
  if (needs === 'nobody' || inner || swap) return false;
  if (way.isPlaceless) return PROGRAMS.some((name) => reaches(levelOf(kind, name), needs));
  return reaches(levelOf(kind, place.name), needs);
}

function hasHappened({ way, place }: Attempt, told: string, changed: ReadonlySet<ProgramName>): boolean {
  const { effect } = way;
  if (effect === 'changes') return changed.has(place.name);
  if (typeof effect === 'object') return told.includes(effect.shows);
  const word = effect === 'titles' ? titleWord : areaWord;
  return way.isPlaceless ? PROGRAMS.some((name) => told.includes(word(name))) : told.includes(word(place.name));
}
