/** Whose turn it is after somebody; the first one's where that is nobody of theirs. Null where there is nobody. */
export function nextInTurn(ids: readonly string[], last: string | null | undefined): string | null {
  const index = last ? ids.indexOf(last) : -1;
  return ids[(index + 1) % Math.max(1, ids.length)] ?? null;
}
