import type { Engine } from '../engine/engine.ts';
import type { HomeView } from '../state/model.ts';
import { createView, replaceContents, type ViewDefinition } from './view-definition.ts';

export const emptyHome = { hash: '' };

/** The first publish makes the view; later ones replace what it shows. */
export function publishHome(engine: Engine, user: string, definition: ViewDefinition): HomeView {
  const current = engine.state.homes.get(user);
  if (current) replaceContents(engine, current, definition);
  else engine.state.homes.set(user, createView(engine, 'home', definition, { user }));
  engine.changed({ kind: 'home', user });
  return engine.state.homes.get(user) as HomeView;
}
