import type { App } from '@slack/bolt';
import type { Manifest } from '../../seed/manifest.ts';

export const formsManifest: Manifest = {
  display_information: { name: 'Customs' },
  features: {
    bot_user: { display_name: 'customs' },
    slash_commands: [{ command: '/declare', description: 'Declare cargo' }],
  },
  oauth_config: { scopes: { bot: ['commands', 'chat:write', 'files:read'] } },
  settings: { interactivity: { is_enabled: true } },
};

const plain = (text: string) => ({ type: 'plain_text' as const, text });

const input = (blockId: string, label: string, element: Record<string, unknown>) => ({
  type: 'input',
  block_id: blockId,
  label: plain(label),
  element,
  optional: true,
});

export const declaration = {
  type: 'modal',
  callback_id: 'declare',
  title: plain('Declare cargo'),
  submit: plain('Declare'),
  blocks: [
    input('goods', 'Goods', { type: 'plain_text_input', action_id: 'goods' }),
    input('papers', 'Papers', { type: 'file_input', action_id: 'papers', max_files: 2, filetypes: ['txt', 'png'] }),
    input('tell', 'Tell', {
      type: 'conversations_select',
      action_id: 'tell',
      default_to_current_conversation: true,
      filter: { include: ['public', 'im'], exclude_bot_users: true },
    }),
    {
      type: 'actions',
      block_id: 'more',
      elements: [{ type: 'button', action_id: 'owner', text: plain('Add an owner') }],
    },
  ],
};

const owner = {
  type: 'modal',
  callback_id: 'owner',
  title: plain('Owner'),
  submit: plain('Keep'),
  blocks: [input('name', 'Name', { type: 'plain_text_input', action_id: 'name' })],
};

/** A form with files and conversations, a form on top of it, and a submission that is not answered on demand. */
export function configureForms(app: App, silent: () => boolean): void {
  app.command('/declare', async ({ ack, body, client }) => {
    await ack();
    await client.views.open({ trigger_id: body.trigger_id, view: declaration as never });
  });
  app.action('owner', async ({ ack, body, client }) => {
    await ack();
    if ('trigger_id' in body) await client.views.push({ trigger_id: body.trigger_id, view: owner as never });
  });
  app.view('owner', async ({ ack }) => ack());
  app.view('declare', async ({ ack }) => {
    if (!silent()) await ack();
  });
}
