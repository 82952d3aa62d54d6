import type { Block, TextObject } from '../blocks/block.ts';
import { prepareBlocks } from '../blocks/prepare-blocks.ts';
import { stateValues } from '../blocks/state-values.ts';
import type { Engine } from '../engine/engine.ts';
import type { View } from '../state/model.ts';

/** A view as an app sends it, once the validator has accepted it. */
export type ViewDefinition = {
  type: 'modal' | 'home';
  title?: TextObject;
  submit?: TextObject;
  close?: TextObject;
  blocks: Block[];
  callback_id?: string;
  private_metadata?: string;
  external_id?: string;
  clear_on_close?: boolean;
  notify_on_close?: boolean;
  submit_disabled?: boolean;
};

function newHash(engine: Engine): string {
  return `${Math.floor(engine.clock.now() / 1000)}.${engine.ids.secret(8)}`;
}

type Placement = Pick<View, 'user' | 'openedIn' | 'previousViewId'> & { rootViewId?: string };

export function createView<Type extends View['type']>(
  engine: Engine,
  type: Type,
  definition: ViewDefinition,
  placement: Placement,
): View & { type: Type } {
  const id = engine.ids.id('V');
  return {
    ...contents(engine, definition, {}, placement.openedIn),
    id,
    type,
    user: placement.user,
    openedIn: placement.openedIn,
    rootViewId: placement.rootViewId ?? id,
    previousViewId: placement.previousViewId,
  };
}

/** Replaces what a view shows; its id and place stay. */
export function replaceContents(engine: Engine, view: View, definition: ViewDefinition): void {
  Object.assign(view, contents(engine, definition, view.values, view.openedIn));
}

function contents(engine: Engine, definition: ViewDefinition, previous: View['values'], openedIn?: string) {
  const blocks = prepareBlocks(definition.blocks, engine.ids);
  return {
    blocks,
    values: stateValues(blocks, previous, openedIn),
    callbackId: definition.callback_id ?? '',
    title: definition.title,
    submit: definition.submit,
    close: definition.close,
    privateMetadata: definition.private_metadata ?? '',
    externalId: definition.external_id ?? '',
    hash: newHash(engine),
    clearOnClose: definition.clear_on_close ?? false,
    notifyOnClose: definition.notify_on_close ?? false,
    submitDisabled: definition.submit_disabled ?? false,
    errors: {},
    banner: undefined,
    pending: false,
  };
}
