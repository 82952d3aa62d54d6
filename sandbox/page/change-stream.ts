import type { IncomingMessage, ServerResponse } from 'node:http';
import type { Sandbox } from '../engine/sandbox.ts';
import type { ChangeKind } from '../state/model.ts';

const batchMs = 30;
const heartbeatMs = 20_000;

/** Sends every change of the sandbox to all open pages as server-sent events, in batches. */
export function streamChanges(sandbox: Sandbox): { open(request: IncomingMessage, response: ServerResponse): void } {
  const listeners = new Set<ServerResponse>();
  let waiting: ChangeKind[] = [];
  let timer: NodeJS.Timeout | undefined;

  const flush = () => {
    timer = undefined;
    const frame = `data: ${JSON.stringify(waiting)}\n\n`;
    waiting = [];
    for (const listener of listeners) listener.write(frame);
  };
  sandbox.onChange((change) => {
    if (listeners.size === 0) return;
    waiting.push(change);
    if (!timer) timer = setTimeout(flush, batchMs).unref();
  });
  setInterval(() => {
    for (const listener of listeners) listener.write(': still here\n\n');
  }, heartbeatMs).unref();

  return {
    open(request, response) {
      response.writeHead(200, {
        'content-type': 'text/event-stream',
        'cache-control': 'no-store',
        connection: 'keep-alive',
      });
      response.write(': open\n\n');
      listeners.add(response);
      request.on('close', () => listeners.delete(response));
    },
  };
}
