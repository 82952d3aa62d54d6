import type { IncomingMessage } from 'node:http';

export const BODY_LIMIT = 1_048_576;
const BODY_DEADLINE_MS = 5_000;

/** The raw bytes of a request, or why there are none: larger than the limit, or too slow to come. */
export async function readBody(request: IncomingMessage): Promise<Buffer | 'too large' | 'too slow' | 'cut off'> {
  if (Number(request.headers['content-length'] ?? 0) > BODY_LIMIT) return 'too large';
  return new Promise((resolve) => {
    const parts: Buffer[] = [];
    let length = 0;
    const settle = (result: Buffer | 'too large' | 'too slow' | 'cut off') => {
      clearTimeout(timer);
      request.off('data', take);
      // What still comes of a refused body is let pass by, unkept.
      request.resume();
      resolve(result);
    };
    const take = (part: Buffer) => {
      length += part.length;
      if (length > BODY_LIMIT) settle('too large');
      else parts.push(part);
    };
    const timer = setTimeout(settle, BODY_DEADLINE_MS, 'too slow');
    request.on('data', take);
    request.once('end', () => settle(Buffer.concat(parts)));
    request.once('error', () => settle('cut off'));
    request.once('close', () => settle('cut off'));
  });
}
