/** What one report may name at most: far above what is ever true. Totals over reports have no limit of their own. */
export const MOST_ACCOUNTS = 10_000_000;
export const MOST_TICKETS = 100_000;

/** A whole number as it is typed, nothing being none. Answers what is wrong with it in a sentence. */
export function parseCount(
  typed: string | null | undefined,
  noun: 'accounts' | 'tickets',
  most: number,
): { ok: number } | { bad: string } {
  const digits = typed?.trim() ?? '';
  if (!/^\d*$/.test(digits)) return { bad: `Write a whole number of ${noun}, 0 or more.` };
  const count = Number(digits);
  return count <= most ? { ok: count } : { bad: `Write at most ${inWords(most)} ${noun}.` };
}

/** How many accounts a sender says were hit, as a number or as text. What cannot be is brought within bounds, and `note` says so. */
export function accountsSaid(value: unknown): { affected: number | null; note: string | null } {
  if (value === undefined || value === null || value === '') return { affected: null, note: null };
  const said = typeof value === 'number' || typeof value === 'string' ? Number(value) : Number.NaN;
  if (Number.isNaN(said)) return { affected: null, note: 'The sender gave a number of accounts that is no number.' };
  const affected = Math.min(MOST_ACCOUNTS, Math.max(0, Math.round(said))) || 0;
  const note = affected === said ? null : `The sender said ${said} accounts; ${inWords(affected)} are counted.`;
  return { affected, note };
}

function inWords(count: number): string {
  return count.toLocaleString('en');
}
