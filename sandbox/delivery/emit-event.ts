import type { Engine } from '../engine/engine.ts';
import { authorizationOf } from '../oauth/organisation.ts';
import { limits } from '../rules/limits.ts';
import { deliver } from './deliver.ts';
import { envelopeTeams, isExtShared } from './shared-channel.ts';
import type { Ack } from './transport.ts';

/** Events beside those of the rules, with what reading their subject asks for. */
const OTHER_SCOPES: { [event: string]: string[] } = {
  pin_added: ['pins:read'],
  pin_removed: ['pins:read'],
  channel_created: ['channels:read'],
  channel_rename: ['channels:read'],
  channel_archive: ['channels:read'],
  channel_id_changed: ['channels:read', 'groups:read'],
  channel_left: ['channels:read'],
  group_left: ['groups:read'],
  channel_shared: ['channels:read', 'groups:read'],
  channel_unshared: ['channels:read', 'groups:read'],
};

function retryReason(ack: Ack, overSocket: boolean): string {
  if (ack.detail === 'too_many_redirects') return 'too_many_redirects';
  if (ack.outcome === 'timeout') return overSocket ? limits.socketRetryReason.value : 'http_timeout';
  if (ack.outcome === 'http_error') return 'http_error';
  return 'connection_failed';
}

/** After the usual retries, for apps that asked for it. `number` counts the tries so far, less one. */
function laterWait({ delayedEvents }: Engine, number: number): number | undefined {
  const { eventDelayedMs: every, eventDelayedForMs: span, eventRetryDelaysMs: usual } = limits;
  const later = number - usual.value.length;
  return delayedEvents && later < span.value / every.value ? every.value : undefined;
}

const ofMetadata = (subscription: string) => subscription.startsWith('message_metadata_');

export function isSubscribed(engine: Engine, subscription: string): boolean {
  const { manifest, scopes } = engine.state.app;
  // A manifest with steps for workflows gets their runs without asking.
  if (subscription === 'function_executed' && manifest.functions) return true;
  if (ofMetadata(subscription) && manifest.settings?.event_subscriptions?.metadata_subscriptions)
    return scopes.includes(limits.metadataScope.value);
  if (!manifest.settings?.event_subscriptions?.bot_events?.includes(subscription)) return false;
  const scopesOf: { [event: string]: readonly string[] } = { ...OTHER_SCOPES, ...limits.eventScopes.value };
  const needed = scopesOf[subscription] ?? [];
  return needed.length === 0 || needed.some((scope) => scopes.includes(scope));
}

/** Delivers an event the app subscribed to, with Slack's retries. `subscription` is the manifest's name for it. */
export function emitEvent(engine: Engine, subscription: string, event: { [key: string]: unknown }): void {
  if (!isSubscribed(engine, subscription) || !engine.vault.isInstalled(engine.state.team.id)) return;
  if (engine.eventHealth.isOff) return;
  const { app } = engine.state;
  const startedAt = engine.clock.now();
  const volume = engine.eventMeter.take(startedAt, engine.limiter.profile !== 'off');
  if (volume === 'announce') announceLimit(engine);
  if (volume !== 'pass') return;
  const eventId = engine.ids.id('Ev', 9);
  const payload = {
    token: app.verificationToken,
    ...envelopeTeams(engine, event),
    context_enterprise_id: engine.organisation?.id ?? null,
    ...(engine.organisation ? { enterprise_id: engine.organisation.id } : {}),
    api_app_id: app.id,
    event,
    type: 'event_callback',
    event_id: eventId,
    event_time: Math.floor(engine.clock.now() / 1000),
    authorizations: [authorizationOf(engine)],
    is_ext_shared_channel: isExtShared(engine, event),
    event_context: `4-${eventId}`,
  };
  const attempt = async (number: number, reason?: string): Promise<void> => {
    const { ack } = await deliver(engine, {
      kind: 'event',
      type: subscription,
      payload,
      attempt: number,
      retryReason: reason,
    });
    if (isTooSick(engine, number, ack)) return;
    const wait = limits.eventRetryDelaysMs.value[number] ?? laterWait(engine, number);
    if (ack.outcome === 'acked' || ack.noRetry || wait === undefined) return;
    if (wait === 0) return attempt(number + 1, retryReason(ack, engine.sockets !== undefined));
    engine.clock.after(wait, () => {
      if (engine.delayedEvents || engine.clock.now() - startedAt <= limits.eventLatestMs.value)
        void attempt(number + 1, retryReason(ack, engine.sockets !== undefined));
    });
  };
  void attempt(0);
}

/** Counted over HTTP, where limits are on: a workspace with a standing clock would never begin a new hour. */
function isTooSick(engine: Engine, attempt: number, ack: Ack): boolean {
  if (engine.sockets || engine.limiter.profile === 'off') return false;
  if (engine.eventHealth.count(engine.clock.now(), attempt, ack.outcome === 'acked')) tellSwitchedOff(engine);
  return engine.eventHealth.isOff;
}

function tellSwitchedOff(engine: Engine): void {
  const detail = 'nearly all events of an hour failed, so Slack sends no more until somebody switches them on';
  engine.audit.brokenRules.add({ rule: 'events_switched_off', detail, at: engine.clock.now() });
  engine.changed({ kind: 'broken_rule' });
}

function announceLimit(engine: Engine): void {
  const { app, team } = engine.state;
  const type = 'app_rate_limited';
  const minute = Math.floor(engine.clock.now() / 60_000) * 60;
  const payload = {
    token: app.verificationToken,
    type,
    team_id: team.id,
    minute_rate_limited: minute,
    api_app_id: app.id,
  };
  void deliver(engine, { kind: 'event', type, payload });
}
