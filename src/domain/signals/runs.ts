import { keyOf } from './signal-words.ts';

/** What runs in one place: what a failure is counted by, an account, or whatever exercises one defect. */
export type RunPath = string;

/** Of what reports of this fingerprint are about. */
export function pathOfFingerprint(fingerprint: string): RunPath {
  return keyOf('fingerprint', fingerprint);
}

/** Of an account, as its sender calls it. */
export function pathOfAccount(account: string): RunPath {
  return keyOf('account', account);
}

/** Of what exercises the path on which a defect was seen. */
export function pathOfDefect(number: number): RunPath {
  return keyOf('defect', number);
}

/** So many paths of one source are counted on one day, so that names that never come again fill no table. */
export const MOST_PATHS_A_DAY = 1_000;
