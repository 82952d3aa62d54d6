import type { Engine } from '../engine/engine.ts';
import { deliver } from './deliver.ts';

/** The occasional request by which Slack looks at an app's certificate: without a signature, and answered 200 all the same. */
export async function checkSsl(engine: Engine): Promise<boolean> {
  const { ack } = await deliver(engine, {
    kind: 'command',
    type: 'ssl_check',
    payload: { ssl_check: '1', token: engine.state.app.verificationToken },
    unsigned: true,
  });
  return ack.outcome === 'acked';
}
