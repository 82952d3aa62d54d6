import type { Engine } from '../engine/engine.ts';
import type { BotToken } from '../oauth/vault.ts';
import { limits } from '../rules/limits.ts';
import { textOrEmpty } from '../text/in-text.ts';
import { ApiError } from './api-error.ts';
import { missing } from './args.ts';
import type { Method } from './methods.ts';

type Fields = { [name: string]: unknown };

const asksForTeam: readonly string[] = limits.orgTeamId.value;

/** Whether something that a call names is in this workspace. */
function knows({ state }: Engine, fields: Fields): boolean {
  const named = (...names: string[]) => names.map((name) => textOrEmpty(fields[name])).filter(Boolean);
  return (
    named('channel', 'channel_id').some((id) => state.channels.has(id) || state.users.has(id)) ||
    named('user', 'user_id', 'users').some((id) => state.users.has(id.split(',', 1)[0] ?? '')) ||
    named('trigger_id', 'interactivity_pointer').some((id) => state.triggers.has(id)) ||
    named('view_id').some((id) => state.view(id) !== undefined) ||
    named('file').some((id) => state.files.has(id)) ||
    named('function_execution_id').some((id) => state.executions.has(id))
  );
}

/** A token of the organisation works in each workspace that was given to the app; the call says in which. */
function ofOrganisation(engine: Engine, name: string, fields: Fields): Engine {
  const asked = typeof fields.team_id === 'string' && fields.team_id !== '' ? fields.team_id : undefined;
  const isOpen = ({ state }: Engine) => engine.vault.isGranted(state.team.id);
  if (asked !== undefined) {
    const found = engine.everyWorkspace().find(({ state }) => state.team.id === asked);
    if (!found || !isOpen(found)) throw new ApiError(limits.orgWorkspaceRefused.value);
    return found;
  }
  if (asksForTeam.includes(name)) throw missing('team_id');
  const open = engine.everyWorkspace().filter(isOpen);
  return open.find((workspace) => knows(workspace, fields)) ?? open[0] ?? engine;
}

/** The token's entry, if it can be used now. */
function usable(engine: Engine, method: Method, token: string | undefined): BotToken | undefined {
  if (!token) throw new ApiError(limits.noToken.value);
  const { appToken } = engine.state.app;
  const known = engine.vault.find(token);
  if (!known && token !== appToken) throw new ApiError(limits.badToken.value);
  if ((token === appToken) !== (method.token === 'app')) throw new ApiError(limits.wrongTokenType.value);
  if (!known) return undefined;
  if (engine.vault.wasRemoved(known.team)) throw new ApiError(limits.inactiveAccount.value);
  if (known.revoked) throw new ApiError(limits.revokedToken.value);
  if (known.expiresAt !== undefined && engine.clock.now() >= known.expiresAt)
    throw new ApiError(limits.expiredToken.value);
  return known;
}

/** The workspace that the call is for; the first one where a method needs no token. */
export function findWorkspace(
  engine: Engine,
  name: string,
  method: Method,
  token: string | undefined,
  fields: Fields,
): Engine {
  if (method.token === 'none') return engine;
  const known = usable(engine, method, token);
  if (!known) return engine;
  // What an app does as a person is not modelled, but who that is can be asked.
  if (known.personal && name !== 'auth.test' && name !== 'auth.revoke') throw new ApiError(limits.wrongTokenType.value);
  if (known.team === engine.organisation?.id) return ofOrganisation(engine, name, fields);
  return engine.everyWorkspace().find(({ state }) => state.team.id === known.team) ?? engine;
}
