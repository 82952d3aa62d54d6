import type { App, BlockAction, ButtonAction } from '@slack/bolt';
import type { Db, Doing } from '../usecases/doing.ts';
import { act, saysNothing } from './act.ts';
import type { Deps } from './deps.ts';
import { tellAlone } from './slack-context.ts';

export type Click = { body: BlockAction; value: string | undefined; doing: Doing };

/** A button whose effect is seen in what it enqueues: only a refusal is told, to whoever clicked. */
export function onQuietButton(
  app: App,
  deps: Deps,
  actionId: string,
  work: (db: Db, click: Click) => Promise<unknown>,
): void {
  app.action<BlockAction<ButtonAction>>(actionId, async ({ ack, body, context, action, client }) => {
    const alone = tellAlone(client, body.user.id, body.channel?.id);
    const doing = { by: body.user.id, now: deps.clock.now() };
    await act(deps, { ack, body, context }, alone, (db) => work(db, { body, value: action.value, doing }), saysNothing);
  });
}
