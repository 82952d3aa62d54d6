import type { DeliveryRecord } from '../audit/records.ts';
import { type Delivered, deliver } from '../delivery/deliver.ts';
import { channelSubject, newTrigger } from '../delivery/subjects.ts';
import type { Engine } from '../engine/engine.ts';
import { addMessage } from '../messages/add-message.ts';
import { isOrgInstall } from '../oauth/organisation.ts';
import { callRival } from '../people/install-rival.ts';
import { hasCommands } from '../people/roles.ts';
import { applyResponse, type ResponseBody } from '../response-urls/answer-response-url.ts';
import { createResponseUrl } from '../response-urls/create-response-url.ts';
import { limits } from '../rules/limits.ts';
import type { Channel } from '../state/model.ts';
import { type Actor, ownConversation, requireNoModal } from './actor.ts';
import { commandText, composerText } from './type-text.ts';

/** A line from Slackbot that one person sees. */
export function tell(engine: Engine, channel: Channel, user: string, text: string): void {
  addMessage(engine, channel, { user: 'USLACKBOT', text, ephemeralTo: user });
}

function failureText(command: string, { ack }: Delivered): string {
  if (ack.outcome === 'timeout') return `${command} ${limits.commandTimeoutText.value}`;
  const clientError = ack.outcome === 'http_error' && (ack.httpStatus ?? 0) >= 400 && (ack.httpStatus ?? 0) < 500;
  return `${command} failed with the error "${clientError ? limits.commandRefusedError.value : limits.commandUnreachableError.value}"`;
}

/** A human typing a slash command into the composer of a channel. Resolves once the app has answered or failed to. */
export async function slash(actor: Actor, typed: string, where: { channel: string; thread?: string }) {
  const { engine, user } = actor;
  const { app, team } = engine.state;
  requireNoModal(actor);
  if (where.thread) throw new Error('slash commands of apps cannot be used in a thread');
  const channel = ownConversation(actor, where.channel);
  const [, command = '', rest = ''] = /^(\/\S+)\s*([\s\S]*)$/.exec(typed.trim()) ?? [];
  const isOffered = hasCommands(user) && engine.vault.isInstalled(team.id);
  const known = isOffered ? (app.manifest.features?.slash_commands ?? []) : [];
  const declared = known.find((entry) => entry.command === command);
  const rival = isOffered ? engine.state.rivals.get(command) : undefined;
  if (rival) return callRival(actor, channel, command, rival);
  if (!declared) {
    const others = known.length > 0 ? ` There are: ${known.map((entry) => entry.command).join(', ')}.` : '';
    throw new Error(`${command || typed} ${limits.commandUnknownText.value}${others}`);
  }

  const { id, name } = channelSubject(channel);
  const responseUrl = createResponseUrl(engine, { user: user.id, channel: channel.id, source: 'command' });
  const delivered = await deliver(engine, {
    kind: 'command',
    type: 'slash_command',
    acceptsResponse: true,
    payload: {
      token: app.verificationToken,
      team_id: team.id,
      team_domain: team.domain,
      channel_id: id,
      channel_name: name,
      user_id: user.id,
      user_name: user.name,
      command,
      text: commandText(engine, rest.trim(), declared.should_escape ?? false),
      api_app_id: app.id,
      is_enterprise_install: String(isOrgInstall(engine)),
      ...(engine.organisation
        ? { enterprise_id: engine.organisation.id, enterprise_name: engine.organisation.name }
        : {}),
      response_url: responseUrl,
      trigger_id: newTrigger(engine, { user: user.id, channel: channel.id }),
    },
  });
  return showAnswer(actor, channel, typed.trim(), responseUrl, delivered);
}

function showAnswer(
  actor: Actor,
  channel: Channel,
  typed: string,
  responseUrl: string,
  delivered: Delivered,
): DeliveryRecord {
  const { engine, user } = actor;
  const { ack, record } = delivered;
  const command = typed.split(/\s/, 1)[0] ?? typed;
  if (ack.outcome !== 'acked') {
    if (ack.outcome === 'timeout') record.detail = `${limits.commandTimeoutError.value}: ${ack.detail}`;
    tell(engine, channel, user.id, failureText(command, delivered));
    return record;
  }
  const body: ResponseBody | undefined = typeof ack.body === 'string' ? { text: ack.body } : (ack.body as ResponseBody);
  if (body?.response_type === 'in_channel')
    addMessage(engine, channel, { user: user.id, text: composerText(engine, typed) }, { announced: false });
  const url = engine.state.responseUrls.get(responseUrl.slice(responseUrl.lastIndexOf('/') + 1));
  if (!body || !url || Object.keys(body).length === 0) return record;
  const error = applyResponse(engine, url, body);
  if (error) {
    record.detail = `the ack's message was refused: ${error}`;
    engine.audit.brokenRules.add({ rule: error, detail: record.detail, at: engine.clock.now() });
    tell(engine, channel, user.id, `${command} failed with the error "dispatch_failed"`);
  }
  return record;
}
