import { afterEach, describe, expect, test } from 'vitest';
import type { SandboxOptions } from '../../options.ts';
import { limits } from '../../rules/limits.ts';
import type { View } from '../../state/model.ts';
import { quietWorkspace, refusal } from '../support/quiet-workspace.ts';
import { type Received, type Reply, rawApp } from '../support/raw-app.ts';
import { hurried, manifest } from '../support/running-app.ts';

let stop: (() => Promise<void>) | undefined;

afterEach(async () => stop?.());

const plain = (text: string) => ({ type: 'plain_text', text });
const input = (blockId: string, element: object = {}, rest: object = {}) => ({
  type: 'input',
  block_id: blockId,
  label: plain(blockId),
  optional: true,
  element: { type: 'plain_text_input', action_id: blockId, ...element },
  ...rest,
});
const button = {
  type: 'actions',
  block_id: 'more',
  elements: [{ type: 'button', action_id: 'go', text: plain('Go') }],
};
const modal = (rest: object = {}) => ({
  type: 'modal',
  callback_id: 'c',
  title: plain('T'),
  submit: plain('S'),
  blocks: [input('a'), button],
  ...rest,
});
const payloadOf = ({ body }: Received) => {
  const form = Object.fromEntries(new URLSearchParams(body));
  return (form.payload ? JSON.parse(form.payload) : form) as { [key: string]: unknown };
};
const json = (body: object): Reply => ({
  headers: { 'content-type': 'application/json' },
  body: JSON.stringify(body),
});

async function desk(
  answer: (payload: { [key: string]: unknown }) => Reply = () => ({}),
  options: Partial<SandboxOptions> = {},
) {
  const app = await rawApp((received) => answer(payloadOf(received)));
  const { sandbox, client } = await quietWorkspace({
    delivery: { kind: 'http', url: app.url },
    ...options,
  });
  stop = async () => {
    await sandbox.close();
    await app.stop();
  };
  const ana = sandbox.person('ana');
  const sent = (type: string) => app.received.map(payloadOf).filter((payload) => payload.type === type);
  const open = async (view: object = modal(), person = ana) => {
    await person.slash('/tea', { channel: 'general' });
    const { trigger_id } = app.received.map(payloadOf).at(-1) ?? {};
    await client.apiCall('views.open', { trigger_id, view });
    return person.modal();
  };
  const push = async (on: View, view: object = modal()) => {
    await ana.click(on, 'go');
    return client.apiCall('views.push', { trigger_id: sent('block_actions').at(-1)?.trigger_id, view });
  };
  const update = (view: View, next: object, rest: object = {}) =>
    client.apiCall('views.update', { view_id: view.id, view: next, ...rest });
  return { sandbox, client, ana, sent, open, push, update };
}

describe('a stack of forms', () => {
  test('viewStack: three, and no more', async () => {
    const { ana, open, push } = await desk();
    await open();
    for (let depth = 1; depth < limits.viewStack.value; depth += 1) await push(await ana.modal());
    expect(ana.modalStack()).toHaveLength(limits.viewStack.value);
    expect(await refusal(push(await ana.modal()))).toBe('push_limit_reached');
  });

  test('viewClosedNotified, viewClosedCleared: Cancel is one form, the cross is all of them', async () => {
    const { ana, open, push, sent, sandbox } = await desk();
    const flag = { [limits.viewClosedNotified.value]: true };
    const root = await open(modal(flag));
    await push(root, modal(flag));
    await ana.cancel(await ana.modal());
    await push(await ana.modal(), modal(flag));
    await ana.closeAll();
    await sandbox.settled();
    const { cancel, closeAll } = limits.viewClosedCleared.value;
    expect(sent('view_closed').map(({ is_cleared: cleared }) => cleared)).toEqual([cancel, closeAll]);
    expect(sent('view_closed')[1]).toMatchObject({ view: { id: root.id } });
    expect(sent('view_closed')[0]?.trigger_id).toBeUndefined();
  });

  test('clearOnClose: Cancel takes the whole stack along where the form says so', async () => {
    const { ana, open, push } = await desk();
    await push(await open(), modal({ [limits.clearOnClose.value]: true }));
    await ana.cancel(await ana.modal());
    expect(ana.modalStack()).toEqual([]);
  });
});

describe('a form', () => {
  test('viewBytes: is not larger than this', async () => {
    const { open } = await desk();
    const full = modal({ private_metadata: 'x'.repeat(limits.viewBytes.value) });
    expect(await refusal(open(full))).toBe('view_too_large');
  });

  test('externalIdUnique: has an external_id that nobody else’s has', async () => {
    const { open, sandbox } = await desk();
    await open(modal({ external_id: 'one' }));
    const again = open(modal({ external_id: 'one' }), sandbox.person('ben'));
    expect(await refusal(again)).toBe(limits.externalIdUnique.value);
  });

  test('viewHash: is changed by who has seen its last state, and by who does not ask', async () => {
    const { open, update } = await desk();
    const { hash, ...view } = await open();
    const known = { ...view, hash };
    await update(known, modal({ title: plain('One') }), { hash });
    expect(await refusal(update(known, modal(), { hash }))).toBe(limits.viewHash.value);
    expect((await update(known, modal({ title: plain('Two') }))).ok).toBe(true);
  });

  test('viewStateKept, viewStateComplete: keeps what was typed under the same ids, and sends every input', async () => {
    const { ana, open, update, sent } = await desk();
    const view = await open();
    await ana.fill(view, { a: 'kept' });
    await update(view, modal({ blocks: [input('a'), input('b')] }));
    await ana.submit(await ana.modal());
    const values = (sent('view_submission')[0]?.view as { state?: { values: object } } | undefined)?.state?.values;
    expect(values).toEqual({
      a: { a: { type: 'plain_text_input', value: 'kept' } },
      b: { b: { type: 'plain_text_input', value: null } },
    });
    expect([limits.viewStateComplete.value, ...limits.viewStateKept.value]).toEqual([true, 'block_id', 'action_id']);
  });

  test('fileInputScope: asks for files:read where it takes files', async () => {
    const oauth_config = { scopes: { bot: ['commands'] } };
    const { open } = await desk(undefined, { manifest: { ...manifest, oauth_config } });
    const files = modal({ blocks: [input('a', { type: 'file_input' })] });
    expect(await refusal(open(files))).toBe('missing_scope');
    expect(manifest.oauth_config?.scopes?.bot).toContain(limits.fileInputScope.value);
    await stop?.();
    expect((await (await desk()).open(files)).blocks).toHaveLength(1);
  });
});

describe('a submission', () => {
  const answers = {
    update: { view: modal({ title: plain('Updated') }) },
    push: { view: modal({ title: plain('Pushed') }) },
    clear: {},
    errors: { errors: { a: 'No' } },
  };

  test.each(limits.submissionActions.value)('submissionActions: %s does what it says', async (action) => {
    const answer = { response_action: action, ...answers[action] };
    const { ana, open } = await desk(({ type }) => (type === 'view_submission' ? json(answer) : {}));
    const result = await ana.submit(await open());
    const kinds = { update: 'updated', push: 'pushed', clear: 'cleared', errors: 'errors' } as const;
    expect(result.kind).toBe(kinds[action]);
  });

  test.each([
    [
      'submissionErrorKeys: an error on a block that is no input',
      json({ response_action: 'errors', errors: { more: 'No' } }),
    ],
    ['submissionFailedText: silence', 'never' as const],
    ['submissionFailedText: a refusal', { status: 500 }],
  ])('%s is trouble, and the form stays', async (_what, answer) => {
    const { ana, open } = await desk(
      ({ type }) => (type === 'view_submission' ? answer : {}),
      answer === 'never' ? hurried : {},
    );
    expect(await ana.submit(await open())).toMatchObject({
      kind: 'trouble',
      banner: limits.submissionFailedText.value,
    });
    expect(ana.modalStack()).toHaveLength(1);
    expect(limits.submissionErrorKeys.value).toBe('input');
  });
});

describe('inputs that tell the app before the form is sent', () => {
  test('inputDispatch, dispatchTriggers, dispatchDefault: only those that say so, on Enter unless told otherwise', async () => {
    const { ana, open, sent } = await desk();
    const [enter, character] = limits.dispatchTriggers.value;
    const flag = { [limits.inputDispatch.value]: true };
    const on = (trigger: string) => ({ dispatch_action_config: { trigger_actions_on: [trigger] } });
    const view = await open(
      modal({ blocks: [input('quiet'), input('usual', {}, flag), input('each', on(character), flag)] }),
    );
    for (const key of ['quiet', 'usual', 'each']) await ana.fill(view, { [key]: 'x' });
    expect(sent('block_actions')).toHaveLength(1);
    await ana.pressEnter(view, 'quiet');
    await ana.pressEnter(view, 'each');
    await ana.pressEnter(view, 'usual');
    const ids = sent('block_actions').map(({ actions }) => (actions as { block_id: string }[])[0]?.block_id);
    expect(ids).toEqual(['each', 'usual']);
    expect(limits.dispatchDefault.value).toBe(enter);
  });

  test('externalSelectMinQuery: a search begins at three characters, and its answer has to be valid', async () => {
    const options = [{ text: plain('Tea'), value: 'tea' }];
    let answer: object = { options };
    const { ana, open, sandbox } = await desk(({ type }) => (type === 'block_suggestion' ? json(answer) : {}));
    const view = await open(modal({ blocks: [input('a', { type: 'external_select' })] }));
    const least = limits.externalSelectMinQuery.value;
    await expect(ana.searchOptions(view, 'a', 'x'.repeat(least - 1))).rejects.toThrow(`from ${least} characters`);
    expect(await ana.searchOptions(view, 'a', 'x'.repeat(least))).toEqual(options);
    answer = { options: [{ text: plain('x'.repeat(76)), value: 'long' }] };
    expect(await ana.searchOptions(view, 'a', 'long')).toEqual([]);
    expect(sandbox.audit.brokenRules().map(({ rule }) => rule)).toEqual(['options_answer']);
  });
});

describe('the Home tab', () => {
  const home = { type: 'home' as const, blocks: [] };

  test('homeOpenedTabs, homeOpenedView: the app hears which tab, and sees what it published', async () => {
    const { ana, client, sandbox } = await desk();
    await ana.openHome();
    await client.views.publish({ user_id: ana.id, view: home });
    await ana.openHome();
    await ana.openMessagesTab();
    await sandbox.settled();
    const events = sandbox.audit
      .deliveries('app_home_opened')
      .map(({ payload }) => payload.event as { [key: string]: unknown });
    expect(events.map(({ tab }) => tab)).toEqual(['home', ...limits.homeOpenedTabs.value]);
    expect(events.map(({ view }) => view !== undefined)).toEqual([
      false,
      limits.homeOpenedView.value,
      expect.any(Boolean),
    ]);
  });

  test('homeTabEnabled, messagesTabDisabled: what the manifest turns off is refused', async () => {
    const app_home = { home_tab_enabled: false, messages_tab_enabled: false };
    const { ana, client } = await desk(undefined, {
      manifest: { ...manifest, features: { ...manifest.features, app_home } },
    });
    expect(await refusal(client.views.publish({ user_id: ana.id, view: home }))).toBe(limits.homeTabEnabled.value);
    expect(await refusal(client.chat.postMessage({ channel: ana.id, text: 'x' }))).toBe(
      limits.messagesTabDisabled.value,
    );
  });
});
