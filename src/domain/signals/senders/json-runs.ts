import { parseNumber } from '../../command.ts';
import { DAY_MS } from '../../time/durations.ts';
import { pathOfAccount, pathOfDefect, pathOfFingerprint } from '../runs.ts';
import { ignored, type Signal } from '../signal.ts';
import { fingerprintIn } from '../signal-words.ts';

const OLDEST_MS = 100 * DAY_MS;
const MOST = 1e9;

/** What is said to have run, in the order in which it counts: a defect, what reports of a fingerprint are about, an account. */
type Named = { defect: string | null; fingerprint: string | null; environment: string | null; account: string | null };

/** So many runs of what is named, on the day of an instant. */
export function runsOf(ran: unknown, named: Named, { at, receivedAt }: { at: Date; receivedAt: Date }): Signal[] {
  if (typeof ran !== 'number' || !Number.isInteger(ran) || ran < 1 || ran > MOST) {
    return ignored('runs whose ran is no whole number from 1 on');
  }
  if (receivedAt.getTime() - at.getTime() > OLDEST_MS) return ignored('runs from more than 100 days ago');
  const path = pathOf(named);
  return path ? [{ kind: 'runs', path, ran, at }] : ignored('runs that name no defect, fingerprint or account');
}

function pathOf({ defect, fingerprint, environment, account }: Named): string | null {
  const number = parseNumber(defect ?? '');
  if (number !== undefined) return pathOfDefect(number);
  if (fingerprint) return pathOfFingerprint(fingerprintIn(environment, `json:${fingerprint}`));
  return account ? pathOfAccount(account) : null;
}
