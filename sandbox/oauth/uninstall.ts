import { emitEvent } from '../delivery/emit-event.ts';
import type { Engine } from '../engine.ts';

export function tokensRevoked(engine: Engine): void {
  const { app } = engine.state;
  emitEvent(engine, 'tokens_revoked', {
    type: 'tokens_revoked',
    tokens: { oauth: [], bot: [app.botUserId] },
    event_ts: engine.state.nextTs(engine.clock.now()),
  });
}

/** Takes the app off a workspace: it is told, and none of its tokens works there any more. */
export function uninstall(engine: Engine): void {
  const { team } = engine.state;
  const event_ts = engine.state.nextTs(engine.clock.now());
  emitEvent(engine, 'app_uninstalled', { type: 'app_uninstalled', event_ts });
  tokensRevoked(engine);
  engine.vault.uninstall(team.id);
  engine.changed({ kind: 'reset' });
}
