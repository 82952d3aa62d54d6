import type { Engine } from '../engine/engine.ts';

/** Fine enough for every time of day that a schedule is likely to name, in every time zone. */
const STRIDE_MS = 15 * 60_000;

/**
 * Lets time pass up to an instant. Apps that report what they have done come along: they see every quarter of an hour,
 * but for those before which they said that nothing is due, and the next one begins when all of them are done. So
 * whatever is due on the way happens in order, at its time.
 */
export async function passTime({ clock, clockFollowers }: Engine, until: number): Promise<void> {
  // Refused there, with the reason.
  if (!(until >= clock.now())) return clock.set(until);
  while (clockFollowers.isAnybodyWaitedFor()) {
    const next = Math.max((Math.floor(clock.now() / STRIDE_MS) + 1) * STRIDE_MS, clockFollowers.idleUntil());
    if (next >= until) break;
    await clock.set(next);
    await clockFollowers.settled();
  }
  // A live clock may be there by now.
  if (until > clock.now()) await clock.set(until);
  await clockFollowers.settled();
}
