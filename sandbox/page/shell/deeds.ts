import { createContext } from 'preact';
import { useContext } from 'preact/hooks';
import type { Screen } from './screen.ts';

/** The part of the screen that stays the same while messages come and go: what hundreds of rows may hold on to. */
export type Deeds = Pick<Screen, 'act' | 'openThread'> & { me: string };

export const DeedsContext = createContext<Deeds | undefined>(undefined);

export function useDeeds(): Deeds {
  const deeds = useContext(DeedsContext);
  if (!deeds) throw new Error('A message was drawn outside of the shell.');
  return deeds;
}
