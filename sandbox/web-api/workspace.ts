import type { Engine } from '../engine/engine.ts';
import { userPayload } from '../people/user-payload.ts';
import { ApiError } from './api-error.ts';
import type { Args } from './args.ts';
import type { Answer, Handlers } from './method.ts';

function profile(engine: Engine, args: Args): Answer {
  const user = engine.state.users.get(args.string('user') ?? engine.state.app.botUserId);
  if (!user) throw new ApiError('user_not_found');
  return { profile: userPayload(engine, user).profile };
}

function presence(engine: Engine, args: Args): Answer {
  const user = engine.state.users.get(args.string('user') ?? engine.state.app.botUserId);
  if (!user) throw new ApiError('user_not_found');
  return { presence: user.deleted ? 'away' : 'active' };
}

function setPresence(_engine: Engine, args: Args): Answer {
  if (!['auto', 'away'].includes(args.required('presence'))) throw new ApiError('invalid_presence');
  return {};
}

const awake = { dnd_enabled: false, next_dnd_start_ts: 1, next_dnd_end_ts: 1 };

function dnd(engine: Engine, args: Args): Answer {
  const user = args.string('user');
  if (user !== undefined && !engine.state.users.has(user)) throw new ApiError('user_not_found');
  return { ...awake, snooze_enabled: false };
}

function dndOfTeam(engine: Engine, args: Args): Answer {
  const users = args.list('users') ?? [];
  return { users: Object.fromEntries(users.filter((id) => engine.state.users.has(id)).map((id) => [id, awake])) };
}

/** What a workspace without custom emoji and Do Not Disturb answers. */
export const workspaceMethods: Handlers = {
  'users.profile.get': profile,
  'dnd.info': dnd,
  'dnd.teamInfo': dndOfTeam,
  'emoji.list': (engine) => ({ emoji: {}, cache_ts: String(Math.floor(engine.clock.now() / 1000)) }),
  'users.getPresence': presence,
  'users.setPresence': setPresence,
};
