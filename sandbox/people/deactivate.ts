import { emitEvent } from '../delivery/emit-event.ts';
import { clearModals } from '../views/view-stack.ts';
import { userPayload } from '../web-api/users.ts';
import type { Actor } from './actor.ts';

/** An admin takes somebody's account away, or gives it back. */
export function setDeactivated({ engine, user }: Actor, nameOrId: string, deactivated: boolean): void {
  if (!user.isAdmin) throw new Error(`${user.name} is no admin of this workspace`);
  const other = engine.state.userByNameOrId(nameOrId);
  if (!other || other.isBot) throw new Error(`there is nobody called "${nameOrId}"`);
  if (other.id === user.id) throw new Error('nobody can deactivate their own account here');
  other.deleted = deactivated;
  if (deactivated) clearModals(engine, other.id);
  engine.changed({ kind: 'reset' });
  emitEvent(engine, 'user_change', {
    type: 'user_change',
    user: userPayload(engine, other),
    event_ts: engine.state.nextTs(engine.clock.now()),
  });
}
