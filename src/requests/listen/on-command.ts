import type { BlockAction, ButtonAction } from '@slack/bolt';
import type { ModalView } from '@slack/types';
import type { Message } from '../../blocks/kit/parts.ts';
import type { Db } from '../../db/engine/client.ts';
import type { Right } from '../../domain/people/roles.ts';
import { type Asked, admit, type Door, namesNothing } from '../door.ts';
import { actOnce } from '../once/act-once.ts';
import { clicked, type Received, receivedFrom, textOr } from '../once/received.ts';
import type { Acting } from '../once/recorded.ts';
import { answer, type Tell, tellAlone } from './answer.ts';

/** What one command does, for whoever has the right. */
export type CommandListener<C> = { right: Right } & (
  | {
      /** Changes something: done once. */
      acts: (db: Db, asked: Asked, command: C) => Promise<Message>;
      /** What has to be asked before it. */
      check?: (asked: Asked, command: C) => Promise<void>;
    }
  | { says: (asked: Asked, command: C) => Message | Promise<Message> }
  | { opens: (asked: Asked, command: C) => Promise<ModalView> }
);

/** A command that does not wait for the gate's database, or takes longer than an answer. */
export type SwiftListener<C> = { runs: (received: Received, command: C, tell: Tell) => Promise<unknown> };

export type CommandListeners<C extends { kind: string }> = {
  [K in C['kind']]: CommandListener<Extract<C, { kind: K }>> | SwiftListener<Extract<C, { kind: K }>>;
};

/**
 * A slash command, and the button that runs the command somebody meant.
 *
 * @param parse reads what was typed; every kind that it gives has its listener
 */
export function onCommand<C extends { kind: string }>(
  door: Door,
  {
    name,
    meant,
    parse,
    listeners,
  }: { name: string; meant: string; parse: (typed: string) => C; listeners: CommandListeners<C> },
): void {
  const hear = async (received: Received, typed: string, tell: Tell, request: Acting) => {
    const command = parse(typed);
    // Each kind has the listener of its own type, which a computed lookup cannot say.
    const listener = listeners[command.kind as C['kind']] as CommandListener<C> | SwiftListener<C>;
    await run(door, listener, command, { received, tell, request });
  };

  door.app.command(name, async ({ ack, body, context, command, client, respond }) => {
    const { user_id: userId, channel_id: channelId, trigger_id: triggerId } = command;
    const received = receivedFrom(client, command, userId, { channelId, triggerId });
    const alone = tellAlone(received);
    const tell: Tell = (message) => respond({ response_type: 'ephemeral', ...message }).catch(() => alone(message));
    await hear(received, unescapeTyped(command.text), tell, { ack, body, context });
  });

  door.app.action<BlockAction<ButtonAction>>(meant, async ({ ack, body, context, action, client, respond }) => {
    const received = clicked(body, textOr(action.value), client);
    const alone = tellAlone(received);
    const tell: Tell = (message) =>
      respond({ response_type: 'ephemeral', replace_original: true, ...message }).catch(() => alone(message));
    await hear(received, received.value, tell, { ack, body, context });
  });
}

async function run<C>(
  door: Door,
  listener: CommandListener<C> | SwiftListener<C>,
  command: C,
  { received, tell, request }: { received: Received; tell: Tell; request: Acting },
): Promise<void> {
  if ('acts' in listener) {
    return actOnce<object, Message>(
      door,
      { request, received, alone: tell },
      {
        right: listener.right,
        names: namesNothing,
        check: async (asked) => listener.check?.(asked, command),
        work: (db, asked) => listener.acts(db, asked, command),
        tell,
      },
    );
  }
  await request.ack();
  await answer(door, tell, async () => {
    if ('runs' in listener) return listener.runs(received, command, tell);
    const asked = await admit(door, received, { right: listener.right, names: namesNothing });
    if ('says' in listener) return tell(await listener.says(asked, command));
    return received.client.views.open({ trigger_id: received.triggerId, view: await listener.opens(asked, command) });
  });
}

/** Slack escapes three characters of what was typed. */
function unescapeTyped(text: string | undefined): string {
  return (text ?? '').replaceAll('&lt;', '<').replaceAll('&gt;', '>').replaceAll('&amp;', '&');
}
