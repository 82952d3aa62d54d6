import { isDefectNumber } from '../vocabulary.ts';

export type Belonging = 'keyword' | 'ticket' | 'branch';

/**
 * A ticket that is linked to a defect, as a pull request may name it. `isKeyShared` is true where two trackers have tickets
 * of such keys, so that OPS-1 may be either's and only its address tells which.
 */
export type NamedByPull = { key: string; url: string; defect: number; isKeyShared?: boolean };

export type DefectOfPull = { defect: number; by: Belonging };

type Said = { title: string; body: string; branch: string };

// The words by which GitHub itself closes issues. https://docs.github.com/en/issues/tracking-your-work-with-issues/using-issues/linking-a-pull-request-to-an-issue
const CLOSES = '(?:close[sd]?|fix(?:e[sd])?|resolve[sd]?)';
const ONE = String.raw`(?:https?://[^\s)>\]]+|[\w.-]+/[\w.-]+#\d+|#\d+|[a-z][a-z0-9_]*-\d+)`;
const CLOSING = new RegExp(
  String.raw`(?<![\w-])${CLOSES}:?\s+(${ONE}(?:(?:\s*,\s*(?:and\s+)?|\s+and\s+)${ONE})*)`,
  'gi',
);
const EACH = new RegExp(ONE, 'gi');

/**
 * The defects that a merged pull request fixes, each by the first of
 * 1. a closing keyword before the defect's key, in its title or text: "fixes D-42", "resolves D-42, D-43";
 * 2. a closing keyword before a ticket that is linked to the defect, by key, by number within `place`, or by address;
 * 3. its branch: `d-42-retry-timeouts`, `ana/D-42`.
 * What stands in code or in a comment of the text counts for nothing.
 *
 * @param readsKeys false where D-42 may be a defect of another program as well
 */
export function defectsOfPull(
  said: Said,
  { place, tickets, readsKeys }: { place: string; tickets: readonly NamedByPull[]; readsKeys: boolean },
): DefectOfPull[] {
  const named = closedBy(said).map((name) => name.toLowerCase());
  const keys = readsKeys ? named.flatMap(defectNamed) : [];
  const linked = tickets.filter((ticket) => namesOf(ticket, place).some((name) => named.includes(name)));
  const branch = readsKeys ? defectsOfBranch(said.branch) : [];
  const found = [
    ...keys.map((defect) => ({ defect, by: 'keyword' }) as const),
    ...linked.map(({ defect }) => ({ defect, by: 'ticket' }) as const),
    ...branch.map((defect) => ({ defect, by: 'branch' }) as const),
  ];
  return found.filter(({ defect }, i) => found.findIndex((one) => one.defect === defect) === i);
}

function closedBy({ title, body }: Said): string[] {
  const text = `${title}\n${withoutAsides(body)}`;
  return [...text.matchAll(CLOSING)].flatMap(([, list = '']) => list.match(EACH) ?? []);
}

/** Text without code and without the comments that templates bring. */
function withoutAsides(body: string): string {
  return body
    .replace(/<!--[\s\S]*?-->/g, ' ')
    .replace(/```[\s\S]*?(?:```|$)/g, ' ')
    .replace(/`[^`\n]*`/g, ' ');
}

function defectNamed(name: string): number[] {
  return numbersIn(/^d-([1-9]\d{0,9})$/.exec(name));
}

function defectsOfBranch(branch: string): number[] {
  return numbersIn(/(?:^|\/)d-([1-9]\d{0,9})(?=$|[-_/.])/i.exec(branch));
}

function numbersIn(match: RegExpExecArray | null): number[] {
  const number = Number(match?.[1] ?? 0);
  return isDefectNumber(number) ? [number] : [];
}

/** All that a ticket may be called in a pull request of a place. */
function namesOf({ key, url, isKeyShared }: NamedByPull, place: string): string[] {
  const [full, address] = [key.toLowerCase(), url.toLowerCase()];
  if (isKeyShared) return [address];
  const near = `${place.toLowerCase()}#`;
  return [full, address, ...(full.startsWith(near) ? [full.slice(near.length - 1)] : [])];
}
