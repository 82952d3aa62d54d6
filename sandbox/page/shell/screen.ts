import { createContext } from 'preact';
import { useContext } from 'preact/hooks';
import type { ChangeKind, ModalView } from '../../state/model.ts';
import type { Pointed } from '../permalink.ts';
import type { Snapshot } from '../server/screen.ts';

/** Where the viewer is: a conversation, one with a person that has not begun yet, or the app's Home tab. */
export type Place = { kind: 'channel'; id: string } | { kind: 'person'; id: string } | { kind: 'home' };

/** What every part of the shell may ask of the whole. */
export type Screen = {
  snapshot: Snapshot;
  place: Place;
  go: (place: Place) => void;
  thread: { channel: string; ts: string } | undefined;
  openThread: (thread: { channel: string; ts: string } | undefined) => void;
  /** The message that the viewer followed a permalink to, until they go elsewhere. */
  pointed: Pointed | undefined;
  openMessage: (message: Pointed) => void;
  subscribe: (listener: (changes: ChangeKind[] | undefined) => void) => () => void;
  /** Does something as the viewer; a refusal is shown, and the answer is undefined then. */
  act: <T = unknown>(verb: string, args?: Record<string, unknown>) => Promise<T | undefined>;
  /** The app's forms that are open, the one on top last. */
  modals: ModalView[];
  /** Takes forms off the screen at once; they come back if the sandbox refuses. */
  leave: (verb: 'cancel' | 'closeAll', view: ModalView) => void;
  /** Resolves once everything that the viewer does has been answered. */
  settled: () => Promise<void>;
  /** Like `act` for what is not a person's doing: the clock, faults, the workspace. */
  attempt: <T>(work: Promise<T>) => Promise<T | undefined>;
  say: (words: string) => void;
};

export const ScreenContext = createContext<Screen | undefined>(undefined);

export function useScreen(): Screen {
  const screen = useContext(ScreenContext);
  if (!screen) throw new Error('A part of the shell was drawn outside of it.');
  return screen;
}
