import type { Engine } from '../engine.ts';
import type { User } from '../model.ts';
import { enterpriseOf } from '../oauth/organisation.ts';
import { ApiError } from './api-error.ts';
import type { Args } from './args.ts';
import type { Answer, Handlers } from './method.ts';
import { pageOf } from './paginate.ts';

/** Seconds east of UTC at an instant. */
function offsetSeconds(timeZone: string, at: number): number {
  const parts = new Intl.DateTimeFormat('en-US', { timeZone, timeZoneName: 'longOffset' }).formatToParts(at);
  const name = parts.find((part) => part.type === 'timeZoneName')?.value ?? 'GMT';
  const [, sign, hours, minutes] = /GMT([+-])(\d\d):(\d\d)/.exec(name) ?? [];
  if (!sign) return 0;
  return (sign === '-' ? -1 : 1) * (Number(hours) * 3600 + Number(minutes) * 60);
}

export function userPayload(engine: Engine, user: User): { [key: string]: unknown } {
  const { scopes, id: appId } = engine.state.app;
  const label = new Intl.DateTimeFormat('en-US', { timeZone: user.timeZone, timeZoneName: 'long' })
    .formatToParts(engine.clock.now())
    .find((part) => part.type === 'timeZoneName')?.value;
  return {
    id: user.id,
    team_id: engine.state.team.id,
    name: user.name,
    deleted: user.deleted,
    color: '9f69e7',
    real_name: user.realName,
    tz: user.timeZone,
    tz_label: label,
    tz_offset: offsetSeconds(user.timeZone, engine.clock.now()),
    profile: {
      real_name: user.realName,
      real_name_normalized: user.realName,
      display_name: user.name,
      display_name_normalized: user.name,
      team: engine.state.team.id,
      ...(scopes.includes('users:read.email') && !user.isBot ? { email: user.email } : {}),
      ...(user.botId ? { api_app_id: appId, bot_id: user.botId } : {}),
    },
    ...enterpriseUser(engine, user),
    is_admin: user.isAdmin,
    is_owner: false,
    is_primary_owner: false,
    is_restricted: false,
    is_ultra_restricted: false,
    is_bot: user.isBot,
    is_app_user: false,
    updated: 0,
  };
}

function enterpriseUser(engine: Engine, user: User) {
  const enterprise = enterpriseOf(engine);
  if (!enterprise) return {};
  const { id, name } = enterprise;
  const teams = engine.everyWorkspace().flatMap(({ state }) => (state.users.has(user.id) ? [state.team.id] : []));
  return { enterprise_user: { id: user.id, enterprise_id: id, enterprise_name: name, is_admin: user.isAdmin, teams } };
}

function info(engine: Engine, args: Args): Answer {
  const user = engine.state.users.get(args.required('user'));
  if (!user) throw new ApiError('user_not_found');
  const locale = args.boolean('include_locale') ? { locale: user.locale } : {};
  return { user: { ...userPayload(engine, user), ...locale } };
}

function list(engine: Engine, args: Args): Answer {
  const { page, response_metadata } = pageOf([...engine.state.users.values()], args);
  return {
    members: page.map((user) => userPayload(engine, user)),
    cache_ts: Math.floor(engine.clock.now() / 1000),
    response_metadata,
  };
}

function lookupByEmail(engine: Engine, args: Args): Answer {
  const email = args.required('email').toLowerCase();
  const user = [...engine.state.users.values()].find((entry) => entry.email.toLowerCase() === email && !entry.deleted);
  if (!user) throw new ApiError('users_not_found');
  return { user: userPayload(engine, user) };
}

export const userMethods: Handlers = {
  'users.info': info,
  'users.list': list,
  'users.lookupByEmail': lookupByEmail,
};
