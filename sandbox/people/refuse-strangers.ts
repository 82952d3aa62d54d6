import type { IncomingMessage } from 'node:http';
import type { Engine } from '../engine/engine.ts';

const LOOPBACK = new Set(['127.0.0.1', 'localhost', '[::1]']);

type Reached = Pick<Engine, 'origin' | 'listensOn'>;

const hostOf = (url: string) => (URL.canParse(url) ? new URL(url).hostname : '');

/**
 * Whether a browser on somebody else's page made this request: by its Origin, or by a host name that was bent to
 * point here. Apps and the sandbox's own page pass.
 */
export function isFromStranger(request: IncomingMessage, { origin, listensOn }: Reached): boolean {
  const own = [hostOf(origin), listensOn];
  const asked = hostOf(`http://${request.headers.host ?? ''}`);
  const isOwn = (host: string) => own.includes(host) || (own.some((name) => LOOPBACK.has(name)) && LOOPBACK.has(host));
  // Listening on every interface means being reached under any name.
  const anyName = listensOn === '0.0.0.0' || listensOn === '::';
  if (!anyName && !isOwn(asked)) return true;
  const from = request.headers.origin;
  return from !== undefined && (hostOf(from) !== asked || new URL(from).host !== request.headers.host);
}
