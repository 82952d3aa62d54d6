import type { Engine } from '../engine/engine.ts';

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
