import { leaveChannel } from '../channels/membership.ts';
import { emitEvent } from '../delivery/emit-event.ts';
import type { Engine } from '../engine/engine.ts';
import type { Channel, User } from '../state/model.ts';
import { clearModals } from '../views/view-stack.ts';
import { isGuest, type Role } from './roles.ts';
import { userPayload } from './user-payload.ts';

type About = 'user_change' | 'user_guest_status_changed' | 'team_join';

/** What happens to people of another organisation is told to that one. */
function tell(engine: Engine, type: About, user: User): void {
  engine.changed({ kind: 'person', user: user.id });
  if (user.isExternal) return;
  const cache_ts = Math.floor(engine.clock.now() / 1000);
  const event_ts = engine.state.nextTs(engine.clock.now());
  emitEvent(engine, type, { type, user: userPayload(engine, user), cache_ts, event_ts });
}

export const tellJoined = (engine: Engine, user: User): void => tell(engine, 'team_join', user);

/** The channels of a person, direct messages left out. */
function channelsOf({ state }: Engine, user: User): Channel[] {
  return [...state.channels.values()].filter(
    ({ kind, members }) => (kind === 'public' || kind === 'private') && members.has(user.id),
  );
}

/** `only`: the channel that a single-channel guest stays in; without it they are in one at most already. */
export function changeRole(engine: Engine, user: User, role: Role, only?: Channel): void {
  if (user.isExternal) throw new Error(`${user.name} has no role here: another organisation gives out those`);
  if (user.deleted) throw new Error(`the account of ${user.name} is deactivated`);
  if (user.role === role) return;
  const before = channelsOf(engine, user);
  const kept = only ?? before[0];
  if (role === 'single-channel guest' && before.length > 1 && !only)
    throw new Error(`${user.name} is in ${before.length} channels: say in which one a single-channel guest stays`);
  if (only && !before.includes(only)) throw new Error(`${user.name} is not in #${only.name}`);
  const wasGuest = isGuest(user);
  user.role = role;
  if (role === 'single-channel guest')
    for (const channel of before) if (channel !== kept) leaveChannel(engine, channel, user.id);
  tell(engine, 'user_change', user);
  if (wasGuest || isGuest(user)) tell(engine, 'user_guest_status_changed', user);
}

/** Takes an account away, or gives it back. */
export function setDeactivated(engine: Engine, user: User, deactivated: boolean): void {
  if (user.deleted === deactivated) return;
  user.deleted = deactivated;
  if (deactivated) clearModals(engine, user.id);
  tell(engine, 'user_change', user);
  if (isGuest(user)) tell(engine, 'user_guest_status_changed', user);
}

export function acceptInvitation(engine: Engine, user: User): void {
  if (!user.isInvited) throw new Error(`${user.name} was not invited`);
  delete user.isInvited;
  tellJoined(engine, user);
}
