import { Socket } from 'node:net';
import { ConnectionLost } from './connection-loss.ts';

/** What postgres.js hands to a socket factory. Its hosts and ports belong together by their place. */
type Target = { host: readonly string[]; port: readonly number[]; path?: string | undefined };

/**
 * A socket factory for postgres.js 3.4.9. Where a server or a pooler closes a connection before it has said a word, the
 * driver by itself connects again at once and without an end, thousands of times in seconds, and its statement hangs.
 * Here such a connection fails like any other, and whoever asked decides when to try again.
 */
export function openSocket({ host, port, path }: Target, attempt = 0): Socket {
  const socket = new Socket();
  socket.once('end', () => {
    if (socket.bytesRead === 0) socket.destroy(new ConnectionLost());
  });
  if (path) return socket.connect(path);
  const i = attempt % host.length;
  // The driver verifies the certificate against this name.
  Object.assign(socket, { host: host[i], port: port[i] });
  return socket.connect(port[i] ?? 5432, host[i] ?? 'localhost');
}

/** The option of the driver, which its types leave out; several hosts are taken in turn. */
export function socketOption(): object {
  let attempts = 0;
  return {
    socket: (target: Target) => {
      attempts += 1;
      return openSocket(target, attempts - 1);
    },
  };
}
