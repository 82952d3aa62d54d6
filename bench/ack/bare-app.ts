import { App, HTTPReceiver } from '@slack/bolt';
import type { Sandbox } from '../../sandbox/engine/sandbox.ts';
import { reportModal } from '../../src/blocks/reports/report-modal.ts';
import { DEFAULT_AREAS } from '../../src/domain/vocabulary.ts';
import { makeLog, quietLogger } from '../../src/log.ts';

/** The least that opens the form: Bolt as it comes, no database, always the same empty view. Returns how to stop it. */
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
  const areas = DEFAULT_AREAS.map((name, id) => ({ id, name }));
  const view = reportModal({ areas, prefill: {}, repeats: [], metadata: '{}' });
  app.command('/defect', async ({ ack, body, client }) => {
    await ack();
    await client.views.open({
      trigger_id: body.trigger_id,
      view,
    });
  });
  await app.init();
  await app.start(port);
  return async () => {
    await app.stop();
  };
}
