import { startOf } from '../text/clean-text.ts';

const LONGEST_ACCOUNT = 150;

/** What runs where reports of this fingerprint come from. */
export function pathOfFingerprint(fingerprint: string): string {
  return `fingerprint:${fingerprint}`;
}

/** What runs for an account, as its sender calls it. */
export function pathOfAccount(account: string): string {
  return `account:${startOf(account, LONGEST_ACCOUNT)}`;
}

/** What exercises the path on which a defect was seen. */
export function pathOfDefect(number: number): string {
  return `defect:${number}`;
}

/** So many paths of one source are counted on one day, so that names that never come again fill no table. */
export const MOST_PATHS_A_DAY = 1_000;
