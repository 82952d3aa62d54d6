import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { text as readText } from 'node:stream/consumers';
import type { BotInSandbox } from '../bot-in-sandbox.ts';
import { signedRequest } from '../signed-request.ts';
import { bodyOf, type Sender } from './payload.ts';
import type { Request } from './way.ts';

/** Sends requests as Slack does, and gathers all that is answered to whoever asks. */
export type Postman = {
  send: (request: Request, sender: Omit<Sender, 'responseUrl'>) => Promise<string>;
  close: () => Promise<unknown>;
};

const PATIENCE_MS = 60_000;

export async function startPostman({ sandbox, bot, address }: BotInSandbox): Promise<Postman> {
  let answered: string[] = [];
  // What Slack calls a response_url.
  const server = createServer(async (request, response) => {
    answered.push(await readText(request));
    response.end('ok');
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const responseUrl = `http://127.0.0.1:${(server.address() as AddressInfo).port}/`;
  return {
    send: async (request, sender) => {
      answered = [];
      sandbox.audit.clear();
      const signed = signedRequest(sandbox.signingSecret, bodyOf(request, { ...sender, responseUrl }));
      const response = await fetch(`${address}/slack/events`, signed);
      answered.push(await response.text());
      await bot.settled(PATIENCE_MS);
      const calls = sandbox.audit.calls();
      const files = calls.flatMap(({ method, args }) =>
        method === 'files.completeUploadExternal' ? filesIn(args) : [],
      );
      return [
        ...answered,
        // All that is said at once goes to whoever asks; posts for others wait in the outbox.
        ...calls.map(({ args }) => JSON.stringify(args)),
        ...files.map((id) => Buffer.from(sandbox.file(id)?.bytes ?? []).toString('utf8')),
      ].join('\n');
    },
    close: () => new Promise((resolve) => server.close(resolve)),
  };
}

function filesIn({ files }: { [key: string]: unknown }): string[] {
  const named = typeof files === 'string' ? JSON.parse(files) : files;
  return (named as { id: string }[]).map(({ id }) => id);
}
