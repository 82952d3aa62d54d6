import { emitEvent } from '../delivery/emit-event.ts';
import type { Engine } from '../engine.ts';
import { limits } from '../rules/limits.ts';

/** Whether this workspace has the app because its organisation does. */
export const isOrgInstall = (engine: Engine): boolean => engine.vault.isGranted(engine.state.team.id);

/** The organisation as payloads name it. */
export function enterpriseOf({ organisation }: Engine): { id: string; name: string } | null {
  return organisation ? { id: organisation.id, name: organisation.name } : null;
}

/** The fields of one authorization of an event. */
export function authorizationOf(engine: Engine) {
  return {
    enterprise_id: engine.organisation?.id ?? null,
    team_id: engine.state.team.id,
    user_id: engine.state.app.botUserId,
    is_bot: true,
    is_enterprise_install: isOrgInstall(engine),
  };
}

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
