import type { Engine } from '../engine/engine.ts';
import { filePayload } from '../files/file-payload.ts';
import type { View } from '../state/model.ts';

function valuesPayload(engine: Engine, view: View) {
  return Object.fromEntries(
    Object.entries(view.values).map(([blockId, ofBlock]) => [
      blockId,
      Object.fromEntries(
        Object.entries(ofBlock).map(([actionId, value]) => {
          if (!value.files) return [actionId, value];
          const files = value.files.flatMap((id) => {
            const file = engine.state.files.get(id);
            return file ? [filePayload(engine, file)] : [];
          });
          return [actionId, { ...value, files }];
        }),
      ),
    ]),
  );
}

/** A view as Slack's API answers and payloads show it. */
export function viewPayload(engine: Engine, view: View): { [key: string]: unknown } {
  const { app, team, users } = engine.state;
  return {
    id: view.id,
    team_id: users.get(view.user)?.team ?? team.id,
    type: view.type,
    blocks: view.blocks,
    private_metadata: view.privateMetadata,
    callback_id: view.callbackId,
    state: { values: valuesPayload(engine, view) },
    hash: view.hash,
    title: view.title ?? { type: 'plain_text', text: 'View Title', emoji: true },
    clear_on_close: view.clearOnClose,
    notify_on_close: view.notifyOnClose,
    close: view.close ?? null,
    submit: view.submit ?? null,
    previous_view_id: view.previousViewId ?? null,
    root_view_id: view.rootViewId,
    app_id: app.id,
    external_id: view.externalId,
    app_installed_team_id: team.id,
    bot_id: app.botId,
  };
}
