import { afterEach, describe, expect, test } from 'vitest';
import { type Running, runningApp, type TransportKind } from '../support/running-app.ts';

let running: Running | undefined;

afterEach(async () => {
  await running?.stop();
  running = undefined;
});

const orderModal = {
  type: 'modal' as const,
  callback_id: 'order',
  private_metadata: 'table-4',
  title: { type: 'plain_text' as const, text: 'Order tea' },
  submit: { type: 'plain_text' as const, text: 'Order' },
  blocks: [
    {
      type: 'input' as const,
      block_id: 'leaf',
      label: { type: 'plain_text' as const, text: 'Leaf' },
      element: { type: 'plain_text_input' as const, action_id: 'leaf', min_length: 3, max_length: 20 },
    },
    {
      type: 'input' as const,
      block_id: 'size',
      label: { type: 'plain_text' as const, text: 'Size' },
      element: {
        type: 'static_select' as const,
        action_id: 'size',
        options: [
          { text: { type: 'plain_text' as const, text: 'Cup' }, value: 'cup' },
          { text: { type: 'plain_text' as const, text: 'Pot' }, value: 'pot' },
        ],
      },
    },
  ],
};

describe.each<TransportKind>(['http', 'socket'])('over %s', (transport) => {
  test('a command opens a form, the form refuses, then posts, and a click changes the message', async () => {
    running = await runningApp(transport, (app) => {
      app.command('/tea', async ({ ack, body, client }) => {
        await ack();
        await client.views.open({ trigger_id: body.trigger_id, view: orderModal });
      });
      app.view('order', async ({ ack, view, body, client }) => {
        const leaf = view.state.values.leaf?.leaf?.value ?? '';
        const size = view.state.values.size?.size?.selected_option?.value;
        if (leaf === 'coffee') return ack({ response_action: 'errors', errors: { leaf: 'We brew tea here.' } });
        await ack();
        await client.chat.postMessage({
          channel: 'CENGSTABILITY',
          text: `<@${body.user.id}> ordered ${leaf}`,
          blocks: [
            { type: 'section', text: { type: 'mrkdwn', text: `A ${size} of ${leaf} for <@${body.user.id}>` } },
            {
              type: 'actions',
              block_id: 'order-1',
              elements: [
                { type: 'button', action_id: 'serve', text: { type: 'plain_text', text: 'Serve' }, value: leaf },
              ],
            },
          ],
        });
        await client.chat.postMessage({ channel: body.user.id, text: `Your ${leaf} is on its way` });
      });
      app.action('serve', async ({ ack, body, client }) => {
        await ack();
        if (body.type !== 'block_actions' || !body.channel || !body.message) throw new Error('not a message click');
        await client.chat.update({ channel: body.channel.id, ts: body.message.ts, text: 'Served', blocks: [] });
        await client.chat.postEphemeral({
          channel: body.channel.id,
          user: body.user.id,
          text: 'Thank you for serving',
        });
      });
    });
    const { sandbox } = running;
    const ana = sandbox.person('ana');
    const ben = sandbox.person('ben');

    await ana.slash('/tea', { channel: 'eng-stability' });
    const form = await ana.modal('Order tea');
    await expect(ana.submit(form)).rejects.toThrow('"Leaf" is required');
    await expect(ana.fill(form, { size: 'bucket' })).rejects.toThrow('"bucket" is not offered');
    await ana.fill(form, { leaf: 'coffee', size: 'Pot' });
    expect(await ana.submit(form)).toMatchObject({ kind: 'errors', errors: { leaf: 'We brew tea here.' } });
    await ana.fill(form, { leaf: 'assam' });
    expect(await ana.submit(form)).toMatchObject({ kind: 'closed' });
    await ana.noModal();

    const order = await ben.sees('A pot of assam', { in: 'eng-stability' });
    await ana.sees('Your assam is on its way', { in: 'teapot' });
    expect(sandbox.audit.notifications(order)).toEqual([{ user: ana.id, because: `<@${ana.id}>` }]);
    await ben.click(order, 'serve');
    await ben.sees('Served', { in: 'eng-stability' });
    await ben.sees('Thank you for serving', { in: 'eng-stability' });
    await expect(ben.click(order, 'serve')).rejects.toThrow('nothing matches');
    await expect(ana.sees('Thank you for serving', { timeoutMs: 20 })).rejects.toThrow('ana does not see');
  });
});
