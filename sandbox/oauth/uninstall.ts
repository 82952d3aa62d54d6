import { emitEvent } from '../delivery/emit-event.ts';
import type { Engine } from '../engine/engine.ts';
import { isOrgInstall } from './organisation.ts';

export function tokensRevoked(engine: Engine): void {
  const { app } = engine.state;
  emitEvent(engine, 'tokens_revoked', {
    type: 'tokens_revoked',
    tokens: { oauth: [], bot: [app.botUserId] },
    event_ts: engine.state.nextTs(engine.clock.now()),
  });
}

/** Its forms and Home tabs go with the app; what it posted stays. */
function takeDown({ state }: Engine): void {
  state.modals.clear();
  state.homes.clear();
}

/** Takes the app off a workspace, or off the organisation that gave it: it is told, and its tokens are dead. */
export function uninstall(engine: Engine): void {
  const { team } = engine.state;
  const event_ts = engine.state.nextTs(engine.clock.now());
  emitEvent(engine, 'app_uninstalled', { type: 'app_uninstalled', event_ts });
  tokensRevoked(engine);
  if (isOrgInstall(engine) && engine.organisation) {
    const all = engine.everyWorkspace();
    const ids = all.map(({ state }) => state.team.id);
    engine.vault.uninstall(engine.organisation.id, ids);
    for (const workspace of all) takeDown(workspace);
  } else {
    engine.vault.uninstall(team.id);
    takeDown(engine);
  }
  engine.changed({ kind: 'reset' });
}
