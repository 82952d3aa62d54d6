import type { App } from '@slack/bolt';
import { afterEach, describe, expect, test } from 'vitest';
import type { Message } from '../../state/model.ts';
import { refusal } from '../support/quiet-workspace.ts';
import { hurried, type Running, runningApp } from '../support/running-app.ts';

const STABILITY = 'CENGSTABILITY';
let running: Running | undefined;

afterEach(async () => {
  await running?.stop();
  running = undefined;
});

const plain = (text: string) => ({ type: 'plain_text' as const, text });
const input = (id: string, element: object, rest: object = {}) => ({
  type: 'input',
  block_id: id,
  label: plain(id),
  element: { action_id: id, ...element },
  ...rest,
});
const text = (id: string) => input(id, { type: 'plain_text_input' }, { optional: true });
const modal = (title: string, blocks: object[], rest: object = {}) =>
  ({ type: 'modal', callback_id: title, title: plain(title), submit: plain('Go'), blocks, ...rest }) as never;

async function opening(view: object, configure: (app: App) => void = () => {}) {
  running = await runningApp('socket', (app) => {
    app.command('/tea', async ({ ack, body, client }) => {
      await ack();
      await client.views.open({ trigger_id: body.trigger_id, view: view as never });
    });
    configure(app);
  });
  const ana = running.sandbox.person('ana');
  await ana.slash('/tea', { channel: 'eng-stability' });
  return { ana, sandbox: running.sandbox, client: running.app.client, view: await ana.modal() };
}

describe('views.update', () => {
  test('finds a view by its external_id, and refuses a stale hash', async () => {
    const { ana, client, view } = await opening(modal('First', [text('a')], { external_id: 'form-1' }));
    await client.views.update({ external_id: 'form-1', hash: view.hash, view: modal('Second', [text('a')]) });
    await ana.modal('Second');
    const stale = client.views.update({ view_id: view.id, hash: view.hash, view: modal('Third', [text('a')]) });
    expect(await refusal(stale)).toBe('hash_conflict');
    await client.views.update({ view_id: view.id, view: modal('Last write wins', [text('a')]) });
    await ana.modal('Last write wins');
  });

  test('refuses a view that is closed, and one that belongs to nobody', async () => {
    const { ana, client, view } = await opening(modal('First', [text('a')]));
    await ana.cancel(view);
    const gone = (id: string) => client.views.update({ view_id: id, view: modal('x', [text('a')]) });
    expect(await refusal(gone(view.id))).toBe('not_found');
    expect(await refusal(gone('VNOWHERE'))).toBe('not_found');
  });

  test('an external_id is unique', async () => {
    const { client, sandbox } = await opening(modal('First', [text('a')], { external_id: 'one' }));
    const home = { type: 'home', blocks: [{ type: 'divider' }], external_id: 'one' } as never;
    expect(await refusal(client.views.publish({ user_id: 'UBEN00000', view: home }))).toBe('duplicate_external_id');
    expect(sandbox.person('ben').home()).toBeUndefined();
  });

  test('while a person types, leaves their words alone and takes those of blocks that went away', async () => {
    const { ana, client, view } = await opening(modal('Form', [text('a'), text('b')]));
    await ana.fill(view, { a: 'mine', b: 'also mine' });
    await client.views.update({ view_id: view.id, view: modal('Form', [text('a')]) });
    expect(ana.currentModal()?.values).toEqual({ a: { a: { type: 'plain_text_input', value: 'mine' } } });
  });
});

describe('closing', () => {
  test('Cancel closes the whole stack of a view that says clear_on_close', async () => {
    const { ana, view } = await opening(modal('One', [text('a')]), (app) => {
      app.view('One', async ({ ack }) =>
        ack({ response_action: 'push', view: modal('Two', [text('a')], { clear_on_close: true }) }),
      );
    });
    await ana.submit(view);
    await ana.cancel(await ana.modal('Two'));
    expect(ana.modalStack()).toEqual([]);
  });

  test('is not told to an app that did not ask', async () => {
    const { ana, view, sandbox } = await opening(modal('One', [text('a')]));
    await ana.cancel(view);
    await sandbox.settled();
    expect(sandbox.audit.deliveries('view_closed')).toEqual([]);
  });
});

test('a form that nobody acks stays open with a banner, and can be sent again', async () => {
  let acks = 0;
  running = await runningApp(
    'socket',
    (app) => {
      app.command('/tea', async ({ ack, body, client }) => {
        await ack();
        await client.views.open({ trigger_id: body.trigger_id, view: modal('Slow', [text('a')]) });
      });
      app.view('Slow', async ({ ack }) => {
        acks += 1;
        if (acks === 2) await ack();
      });
    },
    hurried,
  );
  const ana = running.sandbox.person('ana');
  await ana.slash('/tea', { channel: 'general' });
  const view = await ana.modal();
  await ana.fill(view, { a: 'kept' });
  expect(await ana.submit(view)).toMatchObject({ kind: 'trouble', delivery: { outcome: 'timeout' } });
  expect(ana.currentModal()?.values.a?.a?.value).toBe('kept');
  expect(await ana.submit(view)).toMatchObject({ kind: 'closed' });
});

test('a conversation picked with response_url_enabled gives the submission an address to answer to', async () => {
  const picker = input('where', { type: 'conversations_select', response_url_enabled: true });
  const { ana, sandbox, view } = await opening(modal('Where', [picker]), (app) => {
    app.view('Where', async ({ ack, body }) => {
      await ack();
      const [first] = body.type === 'view_submission' ? (body.response_urls ?? []) : [];
      const said = JSON.stringify({ response_type: 'in_channel', text: 'Posted by address' });
      await fetch(String(first?.response_url), { method: 'POST', body: said });
    });
  });
  await ana.fill(view, { where: '#billing' });
  await ana.submit(view);
  await sandbox.person('ben').sees('Posted by address', { in: 'billing' });
});

test('a select in a message searches too, and its choice reaches the app with the state', async () => {
  const chosen: unknown[] = [];
  running = await runningApp('http', (app) => {
    app.options('area', async ({ ack }) =>
      ack({ option_groups: [{ label: plain('Money'), options: [{ text: plain('Billing'), value: 'billing' }] }] }),
    );
    app.action('area', async ({ ack, action, body }) => {
      await ack();
      if (action.type === 'external_select' && body.type === 'block_actions')
        chosen.push(action.selected_option?.value, body.state?.values.pick?.area?.selected_option?.value);
    });
  });
  const { sandbox, app } = running;
  await app.client.chat.postMessage({
    channel: STABILITY,
    text: 'Pick an area',
    blocks: [
      {
        type: 'actions',
        block_id: 'pick',
        elements: [{ type: 'external_select', action_id: 'area', min_query_length: 0 }],
      },
    ],
  });
  const ben = sandbox.person('ben');
  const message = await ben.sees('Pick an area');
  expect(await ben.searchOptions(message, 'area', '')).toMatchObject([{ label: { text: 'Money' } }]);
  await ben.pick(message, 'area', 'bill', 'Billing');
  await sandbox.settled();
  expect(chosen).toEqual(['billing', 'billing']);
});

test('controls in the blocks of an attachment work like any other', async () => {
  const heard: unknown[] = [];
  running = await runningApp('http', (app) => {
    app.action('ok', async ({ ack, action }) => {
      await ack();
      if (action.type === 'button' && 'block_id' in action) heard.push(action.value, action.block_id);
    });
  });
  const { sandbox, app } = running;
  const button = { type: 'button' as const, action_id: 'ok', text: plain('OK'), value: 'v' };
  const attachments = [{ color: '#123456', blocks: [{ type: 'actions' as const, elements: [button] }] }];
  await app.client.chat.postMessage({ channel: STABILITY, text: 'Coloured', attachments });
  const ben = sandbox.person('ben');
  await ben.click(await ben.sees('Coloured'), 'ok');
  await sandbox.settled();
  expect(heard).toEqual(['v', expect.stringMatching(/^[0-9a-f]{5}$/)]);
});

test('a click on a message only one person sees has no message in it, as on Slack', async () => {
  const heard: unknown[] = [];
  running = await runningApp('http', (app) => {
    app.action('ok', async ({ ack, body, respond }) => {
      await ack();
      if (body.type !== 'block_actions') return;
      heard.push([body.message, body.container.is_ephemeral, body.channel?.name]);
      await respond({ delete_original: true });
    });
  });
  const { sandbox, app } = running;
  const button = { type: 'button' as const, action_id: 'ok', text: plain('OK') };
  const note = {
    channel: STABILITY,
    user: 'UANA00000',
    text: 'Sure?',
    blocks: [{ type: 'actions' as const, elements: [button] }],
  };
  await app.client.chat.postEphemeral(note);
  const ana = sandbox.person('ana');
  const shown = await ana.sees('Sure?');
  await expect(sandbox.person('ben').click(shown, 'ok')).rejects.toThrow('ben cannot see');
  await ana.click(shown, 'ok');
  await ana.noLongerSees('Sure?');
  expect(heard).toEqual([[undefined, true, 'eng-stability']]);
});

test('edits and deletions reach the app, and a deleted parent leaves its thread', async () => {
  running = await runningApp('http', () => {});
  const { sandbox } = running;
  const ana = sandbox.person('ana');
  const parent = await ana.say('eng-stability', 'parent');
  await sandbox.person('ben').say('eng-stability', 'reply', { thread: parent.ts });
  await ana.edit(parent, 'edited');
  await ana.remove(parent);
  await sandbox.settled();
  const events = sandbox.audit.deliveries('message.channels').map(({ payload }) => payload.event as Message);
  expect(events.map(({ subtype }) => subtype)).toEqual([undefined, undefined, 'message_changed', 'message_deleted']);
  expect(events[2]).toMatchObject({ message: { text: 'edited' }, previous_message: { text: 'parent' } });
  expect(ana.messages('eng-stability', { thread: parent.ts }).map((message) => message.text)).toEqual([
    'This message was deleted.',
    'reply',
  ]);
});
