import type { Engine } from '../engine/engine.ts';
import { applyResponse, type ResponseBody } from '../response-urls/answer-response-url.ts';
import { limits } from '../rules/limits.ts';

export type WebhookAnswer = { status: number; headers?: { [name: string]: string }; text: string };

const errors = limits.webhookErrors.value;

/** An address that posts into one channel; the app needs the scope for it. */
export function addIncomingWebhook(engine: Engine, channelName: string): string {
  const { app, team } = engine.state;
  const channel = engine.state.channelByNameOrId(channelName);
  if (!channel) throw new Error(`there is no channel "${channelName}"`);
  if (!app.scopes.includes('incoming-webhook')) throw new Error(`${app.name} has no scope incoming-webhook`);
  const secret = engine.ids.secret(24);
  engine.state.webhooks.set(secret, channel.id);
  return `${engine.origin}/services/${team.id}/${app.botId}/${secret}`;
}

function readPayload(text: string): ResponseBody | undefined {
  const form = text.startsWith('payload=') ? new URLSearchParams(text).get('payload') : undefined;
  try {
    const body: unknown = JSON.parse(form ?? text);
    return typeof body === 'object' && body !== null ? (body as ResponseBody) : undefined;
  } catch {
    return undefined;
  }
}

/** Answers a POST to an incoming webhook. */
export function answerWebhook(engine: Engine, secret: string, text: string): WebhookAnswer {
  const { webhooks, channels, app, team } = engine.state;
  const id = webhooks.get(secret);
  if (id === undefined || !engine.vault.isInstalled(team.id))
    return { status: limits.webhookGone.value.no_service, text: 'no_service' };
  const wait = engine.limiter.take(`webhook:${secret}`, 'webhook');
  const { status, header, error: limited } = limits.rateAnswer.value;
  if (wait !== undefined) return { status, headers: { [header]: String(wait) }, text: limited };
  const channel = channels.get(id);
  if (!channel) return { status: errors.channel_not_found, text: 'channel_not_found' };
  if (channel.archived) return { status: errors.channel_is_archived, text: 'channel_is_archived' };
  const body = readPayload(text);
  if (!body) return { status: errors.invalid_payload, text: 'invalid_payload' };
  const { text: words, blocks, attachments, thread_ts } = body;
  const to = { id: secret, user: app.botUserId, channel: id, source: 'message' as const, createdAt: 0, uses: 0 };
  const sent = { text: words, blocks, attachments, thread_ts, response_type: 'in_channel' };
  const error = applyResponse(engine, to, sent);
  return error === undefined ? { status: errors.ok, text: 'ok' } : { status: errors.invalid_payload, text: error };
}
