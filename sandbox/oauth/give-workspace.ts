import { emitEvent } from '../delivery/emit-event.ts';
import type { Engine } from '../engine/engine.ts';
import { limits } from '../rules/limits.ts';
import { isOrgInstall } from './organisation.ts';

const [granted, revoked] = limits.orgAccessEvents.value;

function tell(engine: Engine, type: typeof granted | typeof revoked): void {
  const { id } = engine.state.team;
  emitEvent(engine, type, { type, team_ids: [id], event_ts: engine.state.nextTs(engine.clock.now()) });
}

/** An admin of the organisation gives a workspace to the app that the organisation has installed. */
export function addToWorkspace(engine: Engine): void {
  const { organisation, vault, state } = engine;
  if (!organisation || !vault.isInstalled(organisation.id))
    throw new Error(`${state.app.name} is not installed in an organisation`);
  vault.grant(state.team.id);
  engine.changed({ kind: 'reset' });
  tell(engine, granted);
}

export function takeFromWorkspace(engine: Engine): void {
  if (!isOrgInstall(engine)) throw new Error(`${engine.state.team.name} has not been given to the app`);
  tell(engine, revoked);
  engine.vault.withdraw(engine.state.team.id);
  engine.changed({ kind: 'reset' });
}
