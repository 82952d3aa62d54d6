import { createEventMeter } from '../delivery/event-meter.ts';
import type { WorkspaceState } from '../state/workspace-state.ts';
import type { Engine } from './engine.ts';

/** Another workspace for the same app: it has its own people and state, everything else it shares. */
export function besideWorkspace(first: Engine, state: WorkspaceState, seedAgain = first.seedAgain): Engine {
  const { id, appToken, clientId, clientSecret, signingSecret, verificationToken } = first.state.app;
  Object.assign(state.app, { id, appToken, clientId, clientSecret, signingSecret, verificationToken });
  return Object.assign(Object.create(first) as Engine, { state, seedAgain, eventMeter: createEventMeter() });
}
