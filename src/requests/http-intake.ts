import type { IncomingMessage } from 'node:http';
import { HTTPModuleFunctions, HTTPReceiver, type HTTPReceiverOptions } from '@slack/bolt';
import { type Body, workspaceIn } from './once/received.ts';

// Slack's clock and ours may differ a little.
const MOST_AHEAD_SECONDS = 60;

/**
 * Slack's requests over HTTP. Bolt refuses signatures of more than five minutes ago; one from the future, which would be
 * good for longer, is refused here. An address that cannot be read is the caller's fault, where Bolt would call it ours.
 *
 * @param wallNow the host's own clock, since that is what signatures go by
 */
export function httpIntake(options: HTTPReceiverOptions, wallNow: () => Date): HTTPReceiver {
  const receiver = new HTTPReceiver({ ...options, dispatchErrorHandler: refuseUnreadable });
  openWhatIsNamed(receiver);
  const listen = receiver.requestListener;
  receiver.requestListener = (request, response) => {
    if (secondsAhead(request, wallNow()) > MOST_AHEAD_SECONDS) response.writeHead(401).end();
    else listen(request, response);
  };
  return receiver;
}

/** Bolt would take the token of a workspace that not every part of a request agrees on; here one function says which it is. */
function openWhatIsNamed({ installer }: HTTPReceiver): void {
  if (!installer) return;
  const { authorize } = installer;
  installer.authorize = (source, body?: Body) => {
    const teamId = (body && workspaceIn(body)) ?? source.teamId;
    return authorize({ ...source, ...(teamId ? { teamId } : {}) });
  };
}

function secondsAhead({ headers }: IncomingMessage, now: Date): number {
  return Number(headers['x-slack-request-timestamp'] ?? 0) - now.getTime() / 1_000;
}

async function refuseUnreadable(args: Parameters<typeof HTTPModuleFunctions.defaultDispatchErrorHandler>[0]) {
  const { code } = args.error as { code?: unknown };
  if (!(args.error instanceof URIError) && code !== 'ERR_INVALID_URL')
    return HTTPModuleFunctions.defaultDispatchErrorHandler(args);
  args.response.writeHead(400).end();
}
