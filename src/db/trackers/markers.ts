import { randomUUID } from 'node:crypto';

/** By which a ticket of ours is found again. Nobody can guess it, so nobody can plant a ticket that is taken for ours. */
export function randomMarker(): string {
  return randomUUID();
}
