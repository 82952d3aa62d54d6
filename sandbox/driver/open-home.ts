import { openDirect } from '../channels/open-direct.ts';
import { emitEvent } from '../delivery/emit-event.ts';
import type { HomeView } from '../state/model.ts';
import { viewPayload } from '../views/view-payload.ts';
import { type Actor, requireInstalled, requireNoModal } from './actor.ts';

/** A click on the app's name: its Home or Messages tab comes up, and the app is told. */
export function openTab(actor: Actor, tab: 'home' | 'messages'): HomeView | undefined {
  const { engine, user } = actor;
  requireNoModal(actor);
  requireInstalled(actor);
  const { app } = engine.state;
  const tabs = app.manifest.features?.app_home;
  if (tab === 'home' && !tabs?.home_tab_enabled) throw new Error(`${app.name} has no Home tab`);
  if (tab === 'messages' && tabs?.messages_tab_enabled === false) throw new Error(`${app.name} has no Messages tab`);
  const home = engine.state.homes.get(user.id);
  emitEvent(engine, 'app_home_opened', {
    type: 'app_home_opened',
    user: user.id,
    channel: openDirect(engine, app.botUserId, user.id).id,
    tab,
    event_ts: engine.state.nextTs(engine.clock.now()),
    ...(tab === 'home' && home ? { view: viewPayload(engine, home) } : {}),
  });
  return home;
}
