import type { Door } from '../door.ts';
import { type Received, receivedFrom, textOr } from '../once/received.ts';
import { answer, tellAlone } from './answer.ts';

/** A shortcut that can be used anywhere. Its listener goes through the gate itself, on the way to a form. */
export function onShortcut(door: Door, callbackId: string, run: (received: Received) => Promise<unknown>): void {
  door.app.shortcut({ callback_id: callbackId, type: 'shortcut' }, async ({ ack, body, client }) => {
    await ack();
    const received = receivedFrom(client, body, body.user.id, { triggerId: body.trigger_id });
    await answer(door, tellAlone(received), () => run(received));
  });
}

/** The message that a shortcut was used on; people, apps and files write more kinds than have all of it. */
export type ShortcutMessage = { text: string; userId: string; ts: string; threadTs: string };

/** A shortcut on a message. */
export function onMessageShortcut(
  door: Door,
  callbackId: string,
  run: (received: Received, message: ShortcutMessage, channelId: string) => Promise<unknown>,
): void {
  door.app.shortcut({ callback_id: callbackId, type: 'message_action' }, async ({ ack, body, client }) => {
    await ack();
    const more = { channelId: body.channel.id, triggerId: body.trigger_id };
    const received = receivedFrom(client, body, body.user.id, more);
    const { text, user, ts, thread_ts: threadTs } = body.message;
    const message = {
      text: textOr(text),
      userId: textOr(user),
      ts: textOr(ts),
      threadTs: textOr(threadTs, textOr(ts)),
    };
    await answer(door, tellAlone(received), () => run(received, message, body.channel.id));
  });
}
