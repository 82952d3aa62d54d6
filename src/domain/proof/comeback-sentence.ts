import type { ComebackKind } from '../vocabulary.ts';
import type { Proof } from './proof.ts';

/**
 * What the reports by now say of a fix that did not hold; null where they do not say any more how it came back. A fix that
 * ended a part after it was proven came back all the same.
 */
export function comebackSentence(
  kind: ComebackKind,
  proof: Pick<Proof, 'outcome' | 'sentence' | 'guard'> | null,
): string | null {
  if (!proof?.guard.failed) return null;
  const saysSame = kind === 'regressed' || (proof.outcome === 'reduced') === (kind === 'reduced');
  return saysSame ? proof.sentence : null;
}
