import type { Change } from './stored-state.ts';
import type { Way } from './way.ts';
import { type Kind, levelOf, PROGRAMS, type ProgramName, reaches } from './who-may.ts';
import { areaWord, type Place, titleWord, type World } from './world.ts';

/** Somebody tries one way to a program. `inner` is the place whose inner ids the request names, where it is another one. */
export type Attempt = { way: Way; kind: Kind; place: Place; inner?: Place };

export type Finding = 'forbidden read' | 'forbidden change' | 'allowed, and failed';

/** What was answered to the person, and what changed because of it. */
export type Outcome = { told: string; changes: readonly Change[] };

export function judge(attempt: Attempt, { told, changes }: Outcome, { nameOf }: World): Finding[] {
  const { way, kind, place, inner } = attempt;
  const findings: Finding[] = [];
  const reads = PROGRAMS.filter((name) => !mayRead(kind, name, told));
  if (reads.length > 0) findings.push('forbidden read');
  // Rows that name no program belong to one that changed with them.
  const named = changes.flatMap(({ programId }) => nameOf.get(programId) ?? []);
  const changed = new Set(changes.length > 0 && named.length === 0 ? [place.name] : named);
  const mayChange = (name: ProgramName) =>
    (!inner || way.passesOver) && way.needs !== 'nobody' && reaches(levelOf(kind, name), way.needs);
  if ([...changed].some((name) => !mayChange(name))) findings.push('forbidden change');
  if (isAllowed(attempt) && !hasHappened(attempt, told, changed)) findings.push('allowed, and failed');
  return findings;
}

function mayRead(kind: Kind, name: ProgramName, told: string): boolean {
  const level = levelOf(kind, name);
  if (told.includes(titleWord(name))) return reaches(level, 'read');
  return !told.includes(areaWord(name)) || reaches(level, 'report');
}

function isAllowed({ way, kind, place, inner }: Attempt): boolean {
  const { needs } = way;
  if (needs === 'nobody' || inner) return false;
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
