import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { text as readText } from 'node:stream/consumers';
import type { CallRecord } from '../../sandbox/audit/records.ts';
import type { BotInSandbox } from '../kit/bot-in-sandbox.ts';
import { signedRequest } from '../kit/signed-request.ts';
import { bodyOf, type Sender } from './payload.ts';
import type { Request } from './way.ts';

/** All that is answered to whoever asks, and the workspaces in which the bot did something because of it. */
export type Answered = { told: string; actedIn: readonly string[] };

/** Sends requests as Slack does. */
export type Postman = {
  send: (request: Request, sender: Sender) => Promise<Answered>;
  close: () => Promise<unknown>;
};

const PATIENCE_MS = 60_000;
// Who somebody is, who is in a channel, where a message stands: asked before anything is allowed, and told to nobody.
const LOOKUPS = ['auth.test', 'users.info', 'conversations.info', 'conversations.members', 'chat.getPermalink'];

export async function startPostman({ sandbox, bot, address }: BotInSandbox): Promise<Postman> {
  let answered: string[] = [];
  // What Slack calls a response_url.
  const server = createServer(async (request, response) => {
    answered.push(await readText(request));
    response.end('ok');
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const fileOf = (id: string) =>
    sandbox
      .workspaces()
      .map((team) => sandbox.workspace(team.id).file(id))
      .find((file) => file !== undefined);
  const responseUrl = `http://127.0.0.1:${(server.address() as AddressInfo).port}/`;
  return {
    send: async (request, sender) => {
      answered = [];
      sandbox.audit.clear();
      const signed = signedRequest(sandbox.signingSecret, bodyOf(request, sender, responseUrl));
      const response = await fetch(`${address}/slack/events`, signed);
      answered.push(await response.text());
      await bot.settled(PATIENCE_MS);
      const calls = sandbox.audit.calls();
      const files = calls.flatMap(({ method, args }) =>
        method === 'files.completeUploadExternal' ? filesIn(args) : [],
      );
      const told = [
        ...answered,
        // All that is said at once goes to whoever asks; posts for others wait in the outbox.
        ...calls.map(({ args }) => JSON.stringify(args)),
        ...files.map((id) => Buffer.from(fileOf(id)?.bytes ?? []).toString('utf8')),
      ];
      return { told: told.join('\n'), actedIn: [...new Set(calls.filter(isAct).map(({ team }) => team))] };
    },
    close: () => new Promise((resolve) => server.close(resolve)),
  };
}

function filesIn({ files }: { [key: string]: unknown }): string[] {
  const named = typeof files === 'string' ? JSON.parse(files) : files;
  return (named as { id: string }[]).map(({ id }) => id);
}

function isAct({ method, ok }: CallRecord): boolean {
  return ok && !LOOKUPS.includes(method);
}
