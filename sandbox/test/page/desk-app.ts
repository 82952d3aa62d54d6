import type { App } from '@slack/bolt';
import type { Manifest } from '../../seed/manifest.ts';
import { acceptedMessage, faultMessage, homeBlocks, reportMessage, reportModal } from './desk-blocks.ts';

export const deskManifest: Manifest = {
  display_information: { name: 'Harbour Desk' },
  features: {
    bot_user: { display_name: 'harbour-desk' },
    app_home: { home_tab_enabled: true, messages_tab_enabled: true },
    slash_commands: [
      { command: '/fault', description: 'Report something broken', usage_hint: '[what failed]' },
      { command: '/fault-report', description: 'Post the weekly report here' },
    ],
    shortcuts: [
      { name: 'Report a fault', type: 'global', callback_id: 'report_anywhere', description: 'Opens the form' },
      { name: 'Report as fault', type: 'message', callback_id: 'report_message', description: 'Takes the message' },
    ],
  },
  oauth_config: {
    scopes: { bot: ['commands', 'chat:write', 'im:history', 'channels:history', 'users:read', 'im:write'] },
  },
  settings: {
    event_subscriptions: { bot_events: ['app_home_opened', 'message.im'] },
    interactivity: { is_enabled: true },
  },
};

const parts = ['Impeller 40 mm', 'Impeller 60 mm', 'Gasket set', 'Bearing 6204'];
const lines = (blocks: unknown) => blocks as never;

/** A small maintenance desk on Bolt: slash command, form, buttons, thread, Home tab and direct messages. */
export function configureDesk(app: App): void {
  let closed = 0;
  app.command('/fault', async ({ ack, body, client }) => {
    await ack();
    await client.views.open({ trigger_id: body.trigger_id, view: lines(reportModal(body.text)) });
  });
  app.command('/fault-report', async ({ ack, body, client }) => {
    await ack();
    await client.chat.postMessage({
      channel: body.channel_id,
      text: 'Harbour works, week 47',
      blocks: lines(reportMessage),
    });
  });
  app.shortcut('report_anywhere', async ({ ack, body, client }) => {
    await ack();
    await client.views.open({ trigger_id: body.trigger_id, view: lines(reportModal('')) });
  });
  app.shortcut('report_message', async ({ ack, shortcut, client }) => {
    await ack();
    const text = 'message' in shortcut ? (shortcut.message.text ?? '') : '';
    await client.views.open({ trigger_id: shortcut.trigger_id, view: lines(reportModal(text)) });
  });
  app.options('part', async ({ ack, options }) => {
    const found = parts.filter((part) => part.toLowerCase().includes(options.value.toLowerCase()));
    await ack({ options: found.map((part) => ({ text: { type: 'plain_text', text: part }, value: part })) });
  });
  app.view({ callback_id: 'report', type: 'view_submission' }, async ({ ack, view, body, client }) => {
    const title = view.state.values.title?.title?.value ?? '';
    const area = view.state.values.area?.area?.selected_option?.text.text ?? '';
    if (title.length < 5)
      return ack({ response_action: 'errors', errors: { title: 'Say it in at least five letters.' } });
    await ack();
    const channel = 'CENGSTABILITY';
    const { ts } = await client.chat.postMessage({
      channel,
      text: title,
      blocks: lines(faultMessage(title, area, body.user.id)),
    });
    await client.chat.postMessage({ channel, thread_ts: ts, text: 'Who can look at it today?' });
    await client.chat.postEphemeral({
      channel,
      user: body.user.id,
      text: 'Filed as *F-1*. You will hear when it is accepted.',
    });
  });
  app.action('accept', async ({ ack, body, client }) => {
    await ack();
    if (body.type !== 'block_actions' || !body.message || !body.channel) return;
    const title = body.message.text ?? '';
    await client.chat.update({
      channel: body.channel.id,
      ts: body.message.ts,
      text: title,
      blocks: lines(acceptedMessage(title, body.user.id)),
    });
    await client.chat.postMessage({ channel: body.user.id, text: `You own *${title}* now. Due Friday 4 December.` });
  });
  for (const quiet of ['dismiss', 'postpone', 'more']) app.action(quiet, async ({ ack }) => ack());
  app.action('refresh', async ({ ack, body, client }) => {
    await ack();
    closed += 1;
    await client.views.publish({ user_id: body.user.id, view: { type: 'home', blocks: lines(homeBlocks(closed)) } });
  });
  app.event('app_home_opened', async ({ event, client }) => {
    if (event.tab === 'home')
      await client.views.publish({ user_id: event.user, view: { type: 'home', blocks: lines(homeBlocks(closed)) } });
  });
}
