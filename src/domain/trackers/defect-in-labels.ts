import { isDefectNumber } from '../vocabulary.ts';

/** The defect that a ticket's labels name, `D-42`; null where none does, or several do. */
export function defectInLabels(labels: readonly string[]): number | null {
  const numbers = new Set(labels.flatMap((label) => /^d-([1-9]\d{0,9})$/i.exec(label.trim())?.[1] ?? []).map(Number));
  const [only] = numbers;
  return numbers.size === 1 && only !== undefined && isDefectNumber(only) ? only : null;
}
