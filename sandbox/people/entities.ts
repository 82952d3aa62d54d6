import { emitEvent } from '../delivery/emit-event.ts';
import { newTrigger } from '../delivery/subjects.ts';
import { type Actor, requireNoModal, visibleMessage } from '../driver/actor.ts';
import type { EntityDetails, MessageRef } from '../state/model.ts';

/** A click on a work object of a message: the app is asked for what there is to show. */
export function openEntity(actor: Actor, ref: MessageRef, id: string): void {
  const { engine, user } = actor;
  requireNoModal(actor);
  const message = visibleMessage(actor, ref);
  const entity = message.entities?.find(({ external_ref }) => external_ref?.id === id);
  const shown = (message.entities ?? []).map(({ external_ref }) => external_ref?.id).join(', ');
  if (!entity) throw new Error(`the message shows no object "${id}"; it shows: ${shown || 'none'}`);
  engine.state.details.delete(user.id);
  engine.changed({ kind: 'entity', user: user.id });
  const url = String(entity.url);
  emitEvent(engine, 'entity_details_requested', {
    type: 'entity_details_requested',
    user: user.id,
    external_ref: entity.external_ref,
    entity_url: url,
    app_unfurl_url: entity.app_unfurl_url ?? url,
    link: { url, domain: URL.canParse(url) ? new URL(url).hostname : '' },
    trigger_id: newTrigger(engine, { user: user.id, channel: message.channel, entity: id }),
    user_locale: user.locale,
    channel: message.channel,
    message_ts: message.ts,
    ...(message.threadTs ? { thread_ts: message.threadTs } : {}),
    event_ts: engine.state.nextTs(engine.clock.now()),
  });
}

export function entityDetails({ engine, user }: Actor): EntityDetails | undefined {
  return structuredClone(engine.state.details.get(user.id));
}
