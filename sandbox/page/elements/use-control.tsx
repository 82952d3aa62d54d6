import type { ComponentChildren } from 'preact';
import { useState } from 'preact/hooks';
import type { Element } from '../../blocks/block.ts';
import type { ClickTarget, FillValue } from '../../driver/person.ts';
import { ConfirmDialog } from '../shell/kit/confirm-dialog.tsx';
import { type Place, useSurface } from '../surface.ts';

/** The part of a click target that says what was chosen. */
export type Choice = Omit<ClickTarget, 'actionId' | 'blockId'>;

type Control = {
  busy: boolean;
  inert: boolean;
  /** Waits for the confirmation dialog, if the element has one, and for the app's acknowledgement. */
  choose: (choice: Choice, fill?: FillValue) => void;
  confirmation: ComponentChildren;
};

/** What every control shares: acting at once or filling a form, its confirmation dialog, and being busy meanwhile. */
export function useControl(element: Element, place: Place): Control {
  const surface = useSurface();
  const [asking, setAsking] = useState<Choice>();
  const [busy, setBusy] = useState(false);

  const send = async (choice: Choice) => {
    setBusy(true);
    await surface.click(
      { actionId: element.action_id ?? '', blockId: place.blockId, ...choice },
      element.confirm !== undefined,
    );
    setBusy(false);
  };
  const choose = (choice: Choice, fill?: FillValue) => {
    if (place.inInput) void surface.fill(place.blockId, fill ?? null);
    else if (element.confirm) setAsking(choice);
    else void send(choice);
  };
  const answer = (confirmed: boolean) => {
    setAsking(undefined);
    if (confirmed && asking) void send(asking);
  };
  const confirmation = asking && element.confirm ? <ConfirmDialog confirm={element.confirm} onAnswer={answer} /> : null;
  return { busy, inert: surface.inert || busy, choose, confirmation };
}
