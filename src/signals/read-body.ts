import type { IncomingMessage } from 'node:http';
import type { BodyReservation } from './body-memory.ts';

export const BODY_LIMIT = 1_048_576;
const BODY_DEADLINE_MS = 5_000;

export type Unread = 'too large' | 'too slow' | 'cut off' | 'no memory';

/** How long a body says that it is; infinitely long where it does not say. */
export function declaredLength({ headers }: IncomingMessage): number {
  return headers['content-length'] === undefined ? Number.POSITIVE_INFINITY : Number(headers['content-length']);
}

/** The raw bytes of a request, or why there are none: larger than the limit, too slow to come, or too many others. */
export async function readBody(request: IncomingMessage, reserved: BodyReservation): Promise<Buffer | Unread> {
  const declared = declaredLength(request);
  if (declared !== Number.POSITIVE_INFINITY && declared > BODY_LIMIT) return 'too large';
  return new Promise((resolve) => {
    const parts: Buffer[] = [];
    let length = 0;
    const settle = (result: Buffer | Unread) => {
      clearTimeout(timer);
      request.off('data', take);
      // What still comes of a refused body is let pass by, unkept.
      request.resume();
      resolve(result);
    };
    const take = (part: Buffer) => {
      length += part.length;
      if (length > BODY_LIMIT) settle('too large');
      else if (!reserved.reserve(part.length)) settle('no memory');
      else parts.push(part);
    };
    const timer = setTimeout(settle, BODY_DEADLINE_MS, 'too slow');
    request.on('data', take);
    request.once('end', () => settle(Buffer.concat(parts)));
    request.once('error', () => settle('cut off'));
    request.once('close', () => settle('cut off'));
  });
}
