import { createContext } from 'preact';
import { useContext } from 'preact/hooks';
import type { Option, OptionGroup, StateValues } from '../blocks/block.ts';
import type { ClickTarget, FillValue } from '../driver/person.ts';
import type { SentFile } from './sent-file.ts';

/** What blocks are drawn on, and what their controls can do there. */
export type Surface = {
  /** Prefix of every DOM id on it. */
  id: string;
  kind: 'message' | 'modal' | 'home';
  values: StateValues;
  errors: { [blockId: string]: string };
  /** Nothing can be pressed, for instance while a submission is on its way. */
  inert: boolean;
  click: (target: ClickTarget, confirmed: boolean) => Promise<void>;
  /** False when the sandbox refused it. */
  fill: (blockId: string, value: FillValue | SentFile[]) => Promise<boolean>;
  /** What is typed but not yet told to the sandbox. */
  draft: (blockId: string, value: string) => void;
  pressEnter: (blockId: string) => Promise<void>;
  search: (actionId: string, query: string) => Promise<Option[] | OptionGroup[]>;
  pick: (actionId: string, query: string, value: string) => Promise<void>;
};

export const SurfaceContext = createContext<Surface | undefined>(undefined);

export function useSurface(): Surface {
  const surface = useContext(SurfaceContext);
  if (!surface) throw new Error('A control was drawn outside a message, a modal or the Home tab.');
  return surface;
}

/** Where a control sits: inside an `input` block its value waits for submit, elsewhere it acts at once. */
export type Place = {
  blockId: string;
  inInput: boolean;
  dispatches: boolean;
  labelledBy?: string | undefined;
  describedBy?: string | undefined;
  /** What the label of an input block points at. */
  controlId?: string | undefined;
};
