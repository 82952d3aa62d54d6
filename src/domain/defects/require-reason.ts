import { Refusal } from '../errors/refusal.ts';
import { cleanLine } from '../text/clean-text.ts';

const REASON_LIMIT = 500;

/** A reason in one line, or a refusal: without one nobody can tell later why a defect left the list. */
export function requireReason(reason: string): string {
  const words = cleanLine(reason, REASON_LIMIT);
  if (!words) throw new Refusal('Give a reason in a few words, so that others can follow it later.', 'reason');
  return words;
}
