import type { MessageShortcut } from '@slack/bolt';
import { answer, tellAlone } from './answer.ts';
import type { Door } from './door.ts';
import { type Received, receivedFrom } from './received.ts';

/** A shortcut that can be used anywhere. Its listener goes through the gate itself, on the way to a form. */
export function onShortcut(door: Door, callbackId: string, run: (received: Received) => Promise<unknown>): void {
  door.app.shortcut({ callback_id: callbackId, type: 'shortcut' }, async ({ ack, body, client }) => {
    await ack();
    const received = receivedFrom(client, body, body.user.id, { triggerId: body.trigger_id });
    await answer(door, tellAlone(received), () => run(received));
  });
}

/** A shortcut on a message. */
export function onMessageShortcut(
  door: Door,
  callbackId: string,
  run: (received: Received, message: MessageShortcut['message'], channelId: string) => Promise<unknown>,
): void {
  door.app.shortcut({ callback_id: callbackId, type: 'message_action' }, async ({ ack, body, client }) => {
    await ack();
    const more = { channelId: body.channel.id, triggerId: body.trigger_id };
    const received = receivedFrom(client, body, body.user.id, more);
    await answer(door, tellAlone(received), () => run(received, body.message, body.channel.id));
  });
}
