import { App, HTTPReceiver } from '@slack/bolt';
import type { Sandbox } from '../sandbox/sandbox.ts';
import { makeLog, quietLogger } from '../src/log.ts';

/** The least that opens a form: Bolt as it comes, no database, always the same view. Returns how to stop it. */
export async function startBareApp({
  sandbox,
  port,
}: {
  sandbox: Sandbox;
  port: number;
}): Promise<() => Promise<void>> {
  const logger = quietLogger(makeLog('silent'));
  const receiver = new HTTPReceiver({ signingSecret: sandbox.signingSecret, logger });
  const app = new App({
    token: sandbox.botToken,
    receiver,
    logger,
    clientOptions: { slackApiUrl: sandbox.apiUrl },
    deferInitialization: true,
  });
  app.command('/defect', async ({ ack, body, client }) => {
    await ack();
    await client.views.open({
      trigger_id: body.trigger_id,
      view: {
        type: 'modal',
        title: { type: 'plain_text', text: 'Report a defect' },
        submit: { type: 'plain_text', text: 'File' },
        blocks: [
          {
            type: 'input',
            label: { type: 'plain_text', text: 'What failed?' },
            element: { type: 'plain_text_input', action_id: 'title' },
          },
        ],
      },
    });
  });
  await app.init();
  await app.start(port);
  return async () => {
    await app.stop();
  };
}
