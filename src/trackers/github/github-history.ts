type From = {
  since: string;
  page: number;
  /** Those of that instant that have come already. */
  known: readonly number[];
};

type Changed = { number: number; updated_at: string };

const BEGINNING: From = { since: '1970-01-01T00:00:00Z', page: 1, known: [] };

/** Where a page of the issues begins, in the order of their last change: at an instant, and that many pages later. */
export function fromOf(from: string | null): From {
  const [since = '', page, known = ''] = (from ?? '').split('|');
  if (since === '') return BEGINNING;
  return { since, page: Number(page) || 1, known: known.split(',').map(Number) };
}

export function hasCome({ since, known }: From, { number, updated_at: at }: Changed): boolean {
  return at === since && known.includes(number);
}

/** Where the page after it begins: many issues may have changed at the same instant. */
export function nextFrom({ since, page, known }: From, issues: readonly Changed[]): string {
  const last = issues.at(-1)?.updated_at ?? since;
  if (Date.parse(last) <= Date.parse(since)) return `${since}|${page + 1}|${known.join(',')}`;
  const ofLast = issues.flatMap(({ number, updated_at: at }) => (at === last ? number : []));
  return `${last}|1|${ofLast.join(',')}`;
}
