import type { App } from '@slack/bolt';
import { afterEach, describe, expect, test } from 'vitest';
import { type Running, runningApp, type TransportKind } from '../support/running-app.ts';

let running: Running | undefined;

afterEach(async () => {
  await running?.stop();
  running = undefined;
});

const plain = (text: string) => ({ type: 'plain_text' as const, text });
const option = (text: string, value = text.toLowerCase()) => ({ text: plain(text), value });
const input = (id: string, element: object, rest: object = {}) => ({
  type: 'input' as const,
  block_id: id,
  label: plain(id),
  element: { action_id: id, ...element },
  ...rest,
});
const modal = (title: string, blocks: object[], rest: object = {}) =>
  ({ type: 'modal', callback_id: title, title: plain(title), submit: plain('Go'), blocks, ...rest }) as never;
const button = (id: string, rest: object = {}) => ({
  type: 'actions' as const,
  block_id: id,
  elements: [{ type: 'button' as const, action_id: id, text: plain(id), ...rest }],
});

/** An app whose /tea opens the given view. */
async function opening(transport: TransportKind, view: object, configure: (app: App) => void = () => {}) {
  running = await runningApp(transport, (app) => {
    app.command('/tea', async ({ ack, body, client }) => {
      await ack();
      await client.views.open({ trigger_id: body.trigger_id, view: view as never });
    });
    configure(app);
  });
  const ana = running.sandbox.person('ana');
  await ana.slash('/tea', { channel: 'eng-stability' });
  return { ana, sandbox: running.sandbox, view: await ana.modal() };
}

describe.each<TransportKind>(['http', 'socket'])('over %s', (transport) => {
  test('an external select offers what the app answers, from its least length on', async () => {
    const queries: string[] = [];
    const { ana, view } = await opening(
      transport,
      modal('Pick', [input('area', { type: 'external_select', min_query_length: 2 })]),
      (app) => {
        app.options('area', async ({ options, ack }) => {
          queries.push(options.value);
          await ack({ options: [option('Billing'), option('Search')] });
        });
        app.view('Pick', async ({ ack, view: submitted }) => {
          const value = submitted.state.values.area?.area?.selected_option?.value;
          await ack({ response_action: 'errors', errors: { area: `got ${value}` } });
        });
      },
    );
    await expect(ana.searchOptions(view, 'area', 'b')).rejects.toThrow('from 2 characters');
    await expect(ana.pick(view, 'area', 'bi', 'Payments')).rejects.toThrow('"Payments" is not offered');
    await ana.pick(view, 'area', 'bill', 'Billing');
    expect(queries).toEqual(['bi', 'bill']);
    expect(await ana.submit(view)).toMatchObject({ errors: { area: 'got billing' } });
  });

  test('errors for blocks that are no inputs keep the form open with a banner', async () => {
    const { ana, view, sandbox } = await opening(
      transport,
      modal('Form', [input('a', { type: 'plain_text_input' })]),
      (app) => {
        app.view('Form', async ({ ack }) => ack({ response_action: 'errors', errors: { b: 'no such input' } }));
      },
    );
    await ana.fill(view, { a: 'x' });
    expect(await ana.submit(view)).toMatchObject({ kind: 'trouble', errors: {} });
    expect(ana.currentModal()?.banner).toBe('We had some trouble connecting. Try again?');
    expect(sandbox.audit.brokenRules()).toMatchObject([{ rule: 'view_submission' }]);
  });

  test('a submission can update, push and clear, and the stack holds three', async () => {
    const pushed = (title: string) => modal(title, [input('next', { type: 'plain_text_input' }, { optional: true })]);
    const { ana, view } = await opening(transport, pushed('one'), (app) => {
      app.view('one', async ({ ack }) => ack({ response_action: 'update', view: pushed('two') }));
      app.view('two', async ({ ack }) => ack({ response_action: 'push', view: pushed('three') }));
      app.view('three', async ({ ack }) => ack({ response_action: 'push', view: pushed('four') }));
      app.view('four', async ({ ack, view: { state } }) => {
        if (state.values.next?.next?.value) return ack({ response_action: 'clear' });
        await ack({ response_action: 'push', view: pushed('five') });
      });
    });
    expect(await ana.submit(view)).toMatchObject({ kind: 'updated' });
    const two = await ana.modal('two');
    expect(two.id).toBe(view.id);
    expect(two.hash).not.toBe(view.hash);
    expect(await ana.submit(two)).toMatchObject({ kind: 'pushed' });
    await expect(ana.submit(two)).rejects.toThrow('lies under "three"');
    await ana.submit(await ana.modal('three'));
    const four = await ana.modal('four');
    expect(four).toMatchObject({ rootViewId: view.id });
    expect(await ana.submit(four)).toMatchObject({ kind: 'trouble' });
    await ana.fill(four, { next: 'enough' });
    expect(await ana.submit(four)).toMatchObject({ kind: 'cleared' });
    expect(ana.modalStack()).toEqual([]);
  });

  test('views.push stacks on the view that was clicked, and answers push_limit_reached at the fourth', async () => {
    const errors: string[] = [];
    const { ana, view } = await opening(transport, modal('1', [button('deeper')]), (app) => {
      app.action('deeper', async ({ ack, body, client }) => {
        await ack();
        if (body.type !== 'block_actions') return;
        const next = modal(String(Number(body.view?.callback_id) + 1), [button('deeper')]);
        try {
          await client.views.push({ trigger_id: body.trigger_id, view: next });
        } catch (error) {
          errors.push((error as { data: { error: string } }).data.error);
        }
      });
    });
    await ana.click(view, 'deeper');
    await ana.click(await ana.modal('2'), 'deeper');
    await ana.click(await ana.modal('3'), 'deeper');
    await running?.sandbox.settled();
    expect(errors).toEqual(['push_limit_reached']);
    await ana.cancel(await ana.modal('3'));
    expect(ana.currentModal()?.callbackId).toBe('2');
  });

  test('closing tells the app when the view asks for it, once for the whole stack', async () => {
    const closed: { id: string; cleared: boolean }[] = [];
    const { ana, view } = await opening(
      transport,
      modal('Notice', [button('deeper')], { notify_on_close: true }),
      (app) => {
        app.action('deeper', async ({ ack, body, client }) => {
          await ack();
          if (body.type === 'block_actions')
            await client.views.push({
              trigger_id: body.trigger_id,
              view: modal('Top', [button('deeper')], { notify_on_close: true }),
            });
        });
        app.view({ type: 'view_closed' }, async ({ ack, body }) => {
          await ack();
          if (body.type === 'view_closed') closed.push({ id: body.view.id, cleared: body.is_cleared });
        });
      },
    );
    await ana.click(view, 'deeper');
    const top = await ana.modal('Top');
    await ana.cancel(top);
    await ana.click(await ana.modal('Notice'), 'deeper');
    await ana.modal('Top');
    await ana.closeAll();
    await running?.sandbox.settled();
    expect(closed).toEqual([
      { id: top.id, cleared: false },
      { id: view.id, cleared: true },
    ]);
    await ana.noModal();
  });

  test('what was typed survives an update only where block_id and action_id stay', async () => {
    const form = (second: string) =>
      modal('Keep', [
        input('kept', { type: 'plain_text_input' }),
        input(second, { type: 'plain_text_input' }),
        input(
          'area',
          { type: 'static_select', options: [option('Billing'), option('Search')] },
          { dispatch_action: true },
        ),
      ]);
    const { ana, view } = await opening(transport, form('before'), (app) => {
      app.action('area', async ({ ack, body, client }) => {
        await ack();
        if (body.type === 'block_actions' && body.view)
          await client.views.update({ view_id: body.view.id, hash: body.view.hash, view: form('after') });
      });
    });
    await ana.fill(view, { kept: 'stays', before: 'goes' });
    await ana.fill(view, { area: 'Search' });
    const after = await ana.modal((top) => top.hash !== view.hash);
    expect(after.values.kept?.kept?.value).toBe('stays');
    expect(after.values.after?.after?.value).toBeNull();
    expect(after.values.area?.area?.selected_option?.value).toBe('search');
  });

  test('a text input tells the app on Enter or on each entry, as its config says', async () => {
    const heard: string[] = [];
    const typed = (on: string[]) => ({ type: 'plain_text_input', dispatch_action_config: { trigger_actions_on: on } });
    const { ana, view } = await opening(
      transport,
      modal('Dispatch', [
        input('enter', typed(['on_enter_pressed']), { dispatch_action: true }),
        input('entry', typed(['on_character_entered']), { dispatch_action: true }),
        input('quiet', { type: 'plain_text_input' }),
      ]),
      (app) => {
        app.action(/enter|entry|quiet/, async ({ ack, action }) => {
          await ack();
          if (action.type === 'plain_text_input') heard.push(`${action.action_id}=${action.value}`);
        });
      },
    );
    await ana.fill(view, { enter: 'a', entry: 'b', quiet: 'c' });
    await ana.pressEnter(view, 'enter');
    await ana.pressEnter(view, 'quiet');
    expect(heard).toEqual(['entry=b', 'enter=a']);
  });
});
