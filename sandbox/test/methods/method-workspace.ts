import type { SandboxOptions } from '../../options.ts';
import { methods } from '../../rules/methods.ts';
import type { Manifest } from '../../seed/manifest.ts';
import { type Quiet, quietWorkspace } from '../support/quiet-workspace.ts';
import { manifest, START } from '../support/running-app.ts';

export const ANA = 'UANA00000';
export const STABILITY = 'CENGSTABILITY';
export const ALONE = 'CALONE000';

const everyScope = [...new Set(Object.values(methods).flatMap(({ value }) => value.scopes))];
export const withEverything: Manifest = {
  ...manifest,
  features: { ...manifest.features, bot_user: { display_name: 'teapot' }, unfurl_domains: ['tea.example'] },
  oauth_config: { scopes: { bot: everyScope } },
  settings: { ...manifest.settings, event_subscriptions: { bot_events: ['entity_details_requested'] } },
  functions: { steep: { output_parameters: { tea: { type: 'string' } } } },
};

export type Args = { [name: string]: unknown };
export type Prepared = {
  ts: string;
  trigger: string;
  modal: string;
  scheduled: string;
  upload: string;
  file: string;
  stream: string;
  group: string;
  bookmark: string;
  linked: string;
  entityTrigger: string;
  step: string;
  direct: string;
};
export type Case = [works: (prepared: Prepared) => Args, refusal: Args, error: string];

/** The clock of these workspaces stands still. */
export const soon = () => Math.floor(START.getTime() / 1000) + 600;

export const methodWorkspace = (options: Partial<SandboxOptions> = {}) =>
  quietWorkspace({
    manifest: withEverything,
    workspace: {
      team: { name: 'Harbour', domain: 'harbour' },
      users: [
        { name: 'ana', realName: 'Ana', timeZone: 'Europe/Berlin' },
        { name: 'ben', realName: 'Ben', timeZone: 'Europe/Berlin' },
      ],
      channels: [
        { name: 'eng-stability', botIsMember: true },
        { name: 'general' },
        { name: 'alone', members: ['ben'], botIsMember: true },
        { name: 'old', id: 'COLD00000', botIsMember: true },
      ],
    },
    ...options,
  });

export async function send({ sandbox }: Quiet, method: string, args: Args, encoding: 'form' | 'json') {
  const form = Object.entries(args).map(([name, value]) => [
    name,
    typeof value === 'object' ? JSON.stringify(value) : String(value),
  ]);
  const response = await fetch(`${sandbox.apiUrl}${method}`, {
    method: 'POST',
    headers: {
      authorization: `Bearer ${sandbox.botToken}`,
      ...(encoding === 'json' ? { 'content-type': 'application/json; charset=utf-8' } : {}),
    },
    body: encoding === 'json' ? JSON.stringify(args) : new URLSearchParams(form),
  });
  const body = (await response.json()) as { ok: boolean; error?: string };
  return { status: response.status, headers: response.headers, ...body };
}

async function upload({ client, sandbox }: Quiet, complete: boolean): Promise<string> {
  const started = await client.files.getUploadURLExternal({ filename: 'a.txt', length: 3 });
  await fetch(String(started.upload_url), { method: 'POST', body: 'abc' });
  const id = String(started.file_id);
  if (complete) await client.files.completeUploadExternal({ files: [{ id }] });
  await sandbox.settled();
  return id;
}

/** The trigger that the app got when somebody opened the object of a message. */
async function openedEntity({ client, sandbox }: Quiet): Promise<string> {
  const entity = {
    entity_type: 'slack#/entities/item',
    external_ref: { id: '42' },
    url: 'https://tea.example/42',
    entity_payload: { attributes: { title: { text: 'Assam' } } },
  };
  const { ts } = await client.chat.postMessage({
    channel: STABILITY,
    text: 'x',
    metadata: { entities: [entity] } as never,
  });
  await sandbox.person('ana').openEntity({ channel: STABILITY, ts: String(ts) }, '42');
  const payload = sandbox.audit.deliveries('entity_details_requested').at(-1)?.payload as
    | { event: { trigger_id: string } }
    | undefined;
  return payload?.event.trigger_id ?? 'no trigger was sent';
}

async function posted({ client }: Quiet, method: string): Promise<string> {
  const { ts = '' } = await client.chat.postMessage({ channel: STABILITY, text: 'here' });
  if (method.startsWith('reactions')) await client.reactions.add({ channel: STABILITY, timestamp: ts, name: 'tea' });
  return ts;
}

/** A link of the app's, by a person, and pinned. */
async function linked({ client, sandbox }: Quiet): Promise<string> {
  const { ts } = await sandbox.person('ana').say('eng-stability', 'see https://tea.example/42');
  await client.pins.add({ channel: STABILITY, timestamp: ts });
  return ts;
}

async function opened(quiet: Quiet, method: string): Promise<{ trigger: string; modal: string }> {
  const { client, sandbox } = quiet;
  const ana = sandbox.person('ana');
  const triggerOf = (type: string) =>
    String(sandbox.audit.deliveries(type).at(-1)?.payload.trigger_id ?? 'no trigger was sent');
  await ana.slash('/tea', { channel: 'general' });
  const trigger = triggerOf('slash_command');
  if (method !== 'views.push' && method !== 'views.update') return { trigger, modal: '' };
  const button = { type: 'button', action_id: 'a', text: { type: 'plain_text', text: 'A' } };
  const modal = {
    type: 'modal',
    title: { type: 'plain_text', text: 'T' },
    blocks: [{ type: 'actions', elements: [button] }],
  };
  const { view } = await client.views.open({ trigger_id: trigger, view: modal as never });
  if (method === 'views.push') await ana.click(await ana.modal(), 'a');
  return { trigger: method === 'views.push' ? triggerOf('block_actions') : trigger, modal: String(view?.id) };
}

async function streamed({ client }: Quiet, ts: string): Promise<string> {
  const recipient = { recipient_user_id: ANA, recipient_team_id: 'THARBOUR0' };
  return String((await client.chat.startStream({ channel: STABILITY, thread_ts: ts, ...recipient })).ts);
}

/** What the method asks to be there already. */
export async function prepare(quiet: Quiet, method: string): Promise<Prepared> {
  const { client, sandbox } = quiet;
  const only = async (family: RegExp, make: () => Promise<string>) => (family.test(method) ? await make() : '');
  const link = { channel_id: STABILITY, title: 'Tea', type: 'link', link: 'https://tea.example' } as const;
  const scheduled = { channel: STABILITY, text: 's', post_at: soon() };
  const ts = await posted(quiet, method);
  if (method === 'conversations.unarchive') await client.conversations.archive({ channel: 'COLD00000' });
  return {
    ts,
    ...(method.startsWith('views') ? await opened(quiet, method) : { trigger: '', modal: '' }),
    scheduled: await only(/chedule/, async () =>
      String((await client.chat.scheduleMessage(scheduled)).scheduled_message_id),
    ),
    upload: await only(/^files/, () => upload(quiet, false)),
    file: await only(/^files/, () => upload(quiet, true)),
    stream: await only(/Stream$/, () => streamed(quiet, ts)),
    group: await only(/^usergroups/, async () =>
      String((await client.usergroups.create({ name: 'Drinkers', handle: 'drinkers' })).usergroup?.id),
    ),
    bookmark: await only(/^bookmarks/, async () => String((await client.bookmarks.add(link)).bookmark?.id)),
    linked: await only(/unfurl|pins/, () => linked(quiet)),
    entityTrigger: await only(/^entity/, () => openedEntity(quiet)),
    direct: await only(/close$/, async () => String((await client.conversations.open({ users: ANA })).channel?.id)),
    step: await only(/^functions/, async () => (await sandbox.person('ana').runStep('steep')).id),
  };
}
