import type { Option } from '@slack/types';
import { Refusal } from '../../domain/errors/refusal.ts';
import { type Asked, admit, type Door, type Entry } from '../door.ts';
import { readView, receivedFrom, textOr } from '../once/received.ts';

/** The options of a menu that are looked up while somebody types; none for whoever may not see them. */
export function onOptions<N>(
  door: Door,
  actionId: string,
  listener: Entry<N> & { list: (asked: Asked<N>, typed: string) => Promise<Option[]> },
): void {
  door.app.options(actionId, async ({ ack, body, payload, client }) => {
    const view = readView('view' in body ? body.view : undefined);
    const received = receivedFrom(client, body, body.user.id, { channelId: body.channel?.id, view });
    try {
      await ack({ options: await listener.list(await admit(door, received, listener), textOr(payload.value)) });
    } catch (error) {
      if (!(error instanceof Refusal)) door.log.error({ error }, 'options could not be listed');
      await ack({ options: [] });
    }
  });
}
