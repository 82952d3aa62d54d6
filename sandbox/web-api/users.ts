import type { Engine } from '../engine/engine.ts';
import { userPayload } from '../people/user-payload.ts';
import type { User } from '../state/model.ts';
import { ApiError } from './api-error.ts';
import type { Args } from './args.ts';
import type { Answer, Handlers } from './method.ts';
import { pageOf } from './paginate.ts';

/** Whoever belongs to the workspace; people of other organisations can be asked for one by one. */
const ownUsers = ({ state }: Engine): User[] => [...state.users.values()].filter((user) => !user.isExternal);

function info(engine: Engine, args: Args): Answer {
  const user = engine.state.users.get(args.required('user'));
  if (!user) throw new ApiError('user_not_found');
  const locale = args.boolean('include_locale') && !user.isExternal && !user.deleted ? { locale: user.locale } : {};
  return { user: { ...userPayload(engine, user), ...locale } };
}

function list(engine: Engine, args: Args): Answer {
  const { page, response_metadata } = pageOf(ownUsers(engine), args);
  return {
    members: page.map((user) => userPayload(engine, user)),
    cache_ts: Math.floor(engine.clock.now() / 1000),
    response_metadata,
  };
}

function lookupByEmail(engine: Engine, args: Args): Answer {
  const email = args.required('email').toLowerCase();
  const user = ownUsers(engine).find((entry) => entry.email.toLowerCase() === email && !entry.deleted);
  if (!user) throw new ApiError('users_not_found');
  return { user: userPayload(engine, user) };
}

export const userMethods: Handlers = {
  'users.info': info,
  'users.list': list,
  'users.lookupByEmail': lookupByEmail,
};
