import { isForUsers } from '../signals/release-reach.ts';
import { DAY_MS } from '../time/durations.ts';
import type { NamedCode, Shipment } from './code-host.ts';

/** A release that a source told of, and not the place that its code is in. */
export type ToldRelease = NamedCode & {
  id: number;
  environment: string | null;
  areaNamed: string | null;
  repository: string | null;
  branch: string | null;
  link: string | null;
  releasedAt: Date;
  toldAt: Date;
};

/** What a release has to be known to have reached: the place of the code, the defect's area, and where it was met. */
export type Reaching = {
  place: string;
  /** Whether the program is connected to no other code. */
  isOnlyPlace: boolean;
  /** Whether what a sender calls an area is the defect's; null for a word that nobody knows. */
  isItsArea: (named: string) => boolean | null;
  environments: readonly string[];
};

/** Why a release that was told cannot be known to have a merge, or to have brought it to where its defect was met. */
export type Missing = { release: string; why: MissingWhy; environments?: readonly string[] };
export const MISSING_WHYS = ['told_late', 'no_repository', 'unknown_area', 'no_commit', 'elsewhere'] as const;
export type MissingWhy = (typeof MISSING_WHYS)[number];

export function isSameMissing(one: Missing | null, other: Missing | null): boolean {
  const words = (missing: Missing) => [missing.release, missing.why, ...(missing.environments ?? [])].join('\n');
  return one === null || other === null ? one === other : words(one) === words(other);
}

/** What was told later than this may have been told after looking at the silence. */
const TOLD_WITHIN_DAYS = 3;
/** By then the tag of what went out is where the others are. */
const TAGGED_WITHIN_MS = 3_600_000;

/**
 * Whether the place is to be asked what a release contains:
 * 1. not of one that went where no users are, is of another repository, or is of another area alone;
 * 2. not of one told later than three days after it went out;
 * 3. a version is a tag of the place where the source names it, or where the program has no other. A whole commit is only
 *    its own, wherever it is.
 */
export function isToBeAsked(release: ToldRelease, of: Reaching): boolean | MissingWhy {
  const { environment, repository, areaNamed, releasedAt, toldAt } = release;
  const isItsArea = areaNamed === null || of.isItsArea(areaNamed);
  const isOfOther = repository !== null && repository.toLowerCase() !== of.place.toLowerCase();
  if (!isForUsers(environment) || isOfOther || isItsArea === false) return false;
  if (toldAt.getTime() - releasedAt.getTime() > TOLD_WITHIN_DAYS * DAY_MS) return 'told_late';
  if (repository === null && !of.isOnlyPlace && !isWholeCommit(release)) return 'no_repository';
  return isItsArea === null ? 'unknown_area' : true;
}

/** Whether a name that its place does not know may still become one. */
export function mayBeTagged({ toldAt }: ToldRelease, now: Date): boolean {
  return now.getTime() - toldAt.getTime() < TAGGED_WITHIN_MS;
}

/** A release as what went out. Of which branch it was cut says something only where its repository is told, too. */
export function shipmentTold({ id, version, commit, link, repository, branch, releasedAt }: ToldRelease): Shipment {
  return {
    ...{ id: `told-${id}`, name: version, url: link, ref: commit ?? version, at: releasedAt },
    branch: repository === null ? null : branch,
  };
}

/** Where a defect was met that no release with its fix has reached yet. One that names no place, or production, goes to all. */
export function notReached(wanted: readonly string[], reached: readonly (string | null)[]): string[] {
  if (reached.some(goesToAll)) return [];
  const names = new Set(reached.map((one) => folded(one ?? '')));
  return wanted.filter((name) => !names.has(folded(name)));
}

function goesToAll(environment: string | null): boolean {
  return environment === null || /^prod(uction)?$/i.test(environment.trim());
}

/** Where users meet a failure, each once, of what its reports say. */
export function environmentsOfUsers(said: readonly (string | null)[]): string[] {
  const named = said.flatMap((one) => (one !== null && isForUsers(one) ? [folded(one)] : []));
  return [...new Set(named)].filter((name) => name !== '').sort();
}

/** The places that a fix has reached; null where that is everywhere, or nobody said where it is wanted. */
export function reachOf(wanted: readonly string[], reached: readonly (string | null)[]): readonly string[] | null {
  return wanted.length === 0 || reached.some(goesToAll) ? null : wanted;
}

function isWholeCommit({ version, commit }: NamedCode): boolean {
  return /^[0-9a-f]{40}$/i.test(commit ?? version);
}

function folded(name: string): string {
  return name.trim().toLowerCase();
}
