import { startDue } from '../../src/delivery/deliver.ts';
import type { Delivery } from '../../src/delivery/deliver-message.ts';

/** One pass: claims what may be sent now, sends it and records what became of it. Returns how many were claimed. */
export async function deliver(delivery: Delivery): Promise<number> {
  const started = await startDue(delivery, 50);
  await Promise.all(started.map(({ outcome }) => outcome));
  return started.length;
}
