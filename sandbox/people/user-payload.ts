import type { Engine } from '../engine/engine.ts';
import { enterpriseOf, isOrgInstall } from '../oauth/organisation.ts';
import type { User } from '../state/model.ts';
import { isAdmin, isGuest, isOwner } from './roles.ts';

type Payload = { [key: string]: unknown };

/** Seconds east of UTC at an instant. */
function offsetSeconds(timeZone: string, at: number): number {
  const parts = new Intl.DateTimeFormat('en-US', { timeZone, timeZoneName: 'longOffset' }).formatToParts(at);
  const name = parts.find((part) => part.type === 'timeZoneName')?.value ?? 'GMT';
  const [, sign, hours, minutes] = /GMT([+-])(\d\d):(\d\d)/.exec(name) ?? [];
  if (!sign) return 0;
  return (sign === '-' ? -1 : 1) * (Number(hours) * 3600 + Number(minutes) * 60);
}

function zone(timeZone: string, at: number): Payload {
  const label = new Intl.DateTimeFormat('en-US', { timeZone, timeZoneName: 'long' })
    .formatToParts(at)
    .find((part) => part.type === 'timeZoneName')?.value;
  return { tz: timeZone, tz_label: label, tz_offset: offsetSeconds(timeZone, at) };
}

/** Without accents, as in the names that end in _normalized. */
const plainLetters = (name: string) => name.normalize('NFD').replace(/\p{Mark}/gu, '');

const images = (engine: Engine, { id }: User): Payload =>
  Object.fromEntries(
    [24, 32, 48, 72, 192, 512].map((size) => [`image_${size}`, `${engine.origin}/avatars/${id}-${size}.svg`]),
  );

function profile(engine: Engine, user: User): Payload {
  const { scopes, id: appId } = engine.state.app;
  const showsEmail = scopes.includes('users:read.email') && !user.isBot && !user.isExternal;
  const [first = '', ...last] = user.realName.split(' ');
  return {
    title: '',
    phone: '',
    skype: '',
    real_name: user.realName,
    real_name_normalized: plainLetters(user.realName),
    display_name: user.name,
    display_name_normalized: plainLetters(user.name),
    first_name: first,
    last_name: last.join(' '),
    fields: null,
    status_text: '',
    status_text_canonical: '',
    status_emoji: '',
    status_emoji_display_info: [],
    status_expiration: 0,
    avatar_hash: `g${user.id.slice(1).toLowerCase()}`,
    ...images(engine, user),
    team: user.team,
    ...(showsEmail ? { email: user.email } : {}),
    ...(user.botId ? { api_app_id: appId, bot_id: user.botId } : {}),
  };
}

/** The workspaces of the organisation that the person is in. */
function teamsOf(engine: Engine, user: User): string[] {
  const joined = engine.everyWorkspace().flatMap(({ state }) => (state.users.has(user.id) ? [state.team.id] : []));
  return [...new Set([...joined, user.team])];
}

const isOrgAdmin = (user: User) => user.enterprise?.isAdmin ?? isAdmin(user);

const isOrgOwner = (user: User) => user.enterprise?.isOwner ?? false;

function enterpriseUser(engine: Engine, user: User): Payload {
  const enterprise = enterpriseOf(engine);
  if (!enterprise) return {};
  const { id, name } = enterprise;
  const roles = { is_admin: isOrgAdmin(user), is_owner: isOrgOwner(user) };
  const itself = { id: user.enterprise?.id ?? user.id, enterprise_id: id, enterprise_name: name };
  return { enterprise_user: { ...itself, ...roles, teams: teamsOf(engine, user) } };
}

/** A token of the organisation is told of roles in the organisation, and of no one workspace. */
function standing(engine: Engine, user: User): Payload {
  const forAll = isOrgInstall(engine);
  return {
    ...(forAll ? { teams: teamsOf(engine, user) } : { team_id: user.team }),
    ...enterpriseUser(engine, user),
    is_admin: forAll ? isOrgAdmin(user) : isAdmin(user),
    is_owner: forAll ? isOrgOwner(user) : isOwner(user),
    is_primary_owner: user.role === 'primary owner' && !forAll,
    is_restricted: isGuest(user),
    is_ultra_restricted: user.role === 'single-channel guest',
    ...(user.isInvited ? { is_invited_user: true } : {}),
  };
}

/** Whether the app is in a channel with somebody. */
export function sharesChannel({ state }: Engine, user: User): boolean {
  const { botUserId } = state.app;
  return [...state.channels.values()].some(
    ({ kind, members }) => kind !== 'im' && members.has(user.id) && members.has(botUserId),
  );
}

/** A person as users.info and events show them. What is left out is absent, and not false. */
export function userPayload(engine: Engine, user: User): Payload {
  const named = { id: user.id, name: user.name, profile: profile(engine, user) };
  if (user.isExternal && !sharesChannel(engine, user))
    return { ...named, team_id: user.team, real_name: user.realName, is_stranger: true };
  const whole = { ...named, deleted: user.deleted, is_bot: user.isBot, is_app_user: false, updated: 0 };
  if (user.deleted) return { ...whole, team_id: user.team };
  const seen = { ...whole, color: '9f69e7', real_name: user.realName, ...zone(user.timeZone, engine.clock.now()) };
  if (user.isExternal) return { ...seen, team_id: user.team, is_stranger: false };
  return { ...seen, ...standing(engine, user) };
}
