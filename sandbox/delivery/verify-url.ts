import type { Engine } from '../engine/engine.ts';
import { deliver } from './deliver.ts';

/** The handshake by which Slack makes sure that an address belongs to the app. */
export async function verifyUrl(engine: Engine): Promise<boolean> {
  const challenge = engine.ids.secret(32);
  const { ack } = await deliver(engine, {
    kind: 'event',
    type: 'url_verification',
    payload: { token: engine.state.app.verificationToken, challenge, type: 'url_verification' },
  });
  if (ack.outcome !== 'acked') return false;
  const echoed =
    typeof ack.body === 'object' && ack.body !== null && 'challenge' in ack.body ? ack.body.challenge : ack.body;
  return echoed === challenge;
}
