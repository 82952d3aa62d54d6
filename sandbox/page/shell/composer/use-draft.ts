import { useState } from 'preact/hooks';
import type { SentFile } from '../../sent-file.ts';

export type Draft = { text: string; files: SentFile[] };

const nothing: Draft = { text: '', files: [] };
const kept = new Map<string, Draft>();

/** What a person has typed in one place and not sent: it is there again when they come back. */
export function useDraft(place: string): [Draft, (change: (draft: Draft) => Draft) => void] {
  const [, redraw] = useState(0);
  const write = (change: (draft: Draft) => Draft) => {
    kept.set(place, change(kept.get(place) ?? nothing));
    redraw((count) => count + 1);
  };
  return [kept.get(place) ?? nothing, write];
}
