import type { Engine } from '../engine/engine.ts';
import { limits } from '../rules/limits.ts';
import type { ModalView } from '../state/model.ts';
import { createView, type ViewDefinition } from './view-definition.ts';

export function stackOf(engine: Engine, user: string): ModalView[] {
  return engine.state.modals.get(user) ?? [];
}

function setStack(engine: Engine, user: string, stack: ModalView[]): void {
  if (stack.length === 0) engine.state.modals.delete(user);
  else engine.state.modals.set(user, stack);
  engine.changed({ kind: 'modal', user });
}

/** Opens a new stack; one that was open is replaced. */
export function openModal(engine: Engine, user: string, definition: ViewDefinition, openedIn?: string): ModalView {
  const view = createView(engine, 'modal', definition, { user, openedIn });
  setStack(engine, user, [view]);
  return view;
}

/** undefined when the stack is full. */
export function pushModal(engine: Engine, user: string, definition: ViewDefinition): ModalView | undefined {
  const stack = stackOf(engine, user);
  const top = stack.at(-1);
  if (stack.length >= limits.viewStack.value) return undefined;
  const view = createView(engine, 'modal', definition, {
    user,
    openedIn: top?.openedIn,
    rootViewId: top?.rootViewId,
    previousViewId: top?.id,
  });
  setStack(engine, user, [...stack, view]);
  return view;
}

/** Takes one view off, wherever it is on the stack, and all that lie above it. */
export function closeModal(engine: Engine, view: ModalView): void {
  const stack = stackOf(engine, view.user);
  const index = stack.findIndex((entry) => entry.id === view.id);
  if (index >= 0) setStack(engine, view.user, stack.slice(0, index));
}

export function clearModals(engine: Engine, user: string): void {
  setStack(engine, user, []);
}
