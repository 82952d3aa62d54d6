import type { App } from '@slack/bolt';
import { afterEach, describe, expect, test } from 'vitest';
import { limits } from '../rules/limits.ts';
import type { Manifest } from '../seed/manifest.ts';
import { manifest, type Running, runningApp, type TransportKind } from './support/running-app.ts';

const withSteps: Manifest = {
  ...manifest,
  functions: {
    approve: {
      title: 'Approve tea',
      input_parameters: { approver: { type: 'slack#/types/user_id', is_required: true, name: 'approver' } },
      output_parameters: { properties: { by: { type: 'string' } }, required: ['by'] },
    },
  },
};

function configure(app: App): void {
  app.function('approve', async ({ client, inputs, fail }) => {
    if (inputs.approver === 'U0NOBODY') return void (await fail({ error: 'Nobody can approve' }));
    const button = { type: 'button', action_id: 'ok', text: { type: 'plain_text', text: 'Approve' } } as const;
    await client.chat.postMessage({
      channel: String(inputs.approver),
      text: 'Tea?',
      blocks: [{ type: 'actions', elements: [button] }],
    });
  });
  app.action('ok', async ({ ack, body, complete, client }) => {
    await ack();
    if (!('message' in body) || !body.message || !body.channel) throw new Error('the click came from elsewhere');
    await complete?.({ outputs: { by: body.user.id } });
    // The step is over, its token is still good for its last words.
    await client.chat.update({ channel: body.channel.id, ts: body.message.ts, text: 'Approved' });
  });
}

let running: Running;

afterEach(() => running.stop());

describe.each<TransportKind>(['socket', 'http'])('a step of a workflow over %s', (transport) => {
  test('asks somebody, and is done when they have answered', async () => {
    running = await runningApp(transport, configure, { manifest: withSteps });
    const ana = running.sandbox.person('ana');
    const ben = running.sandbox.person('ben');
    const step = await ana.runStep('approve', { approver: ben.id });
    expect(step.token).toMatch(new RegExp(`^${limits.stepToken.value}`));
    await ben.click(await ben.sees('Tea?'), 'ok');
    expect(await ana.stepDone(step)).toMatchObject({ state: 'succeeded', outputs: { by: ben.id } });
    await ben.sees('Approved');
  });
});

test('a step that fails says why, ends once, and its token ends with its time', async () => {
  running = await runningApp('socket', configure, { manifest: withSteps });
  const ana = running.sandbox.person('ana');
  const step = await ana.runStep('approve', { approver: 'U0NOBODY' });
  expect(await ana.stepDone(step)).toMatchObject({ state: 'failed', error: 'Nobody can approve' });
  const { client } = running.app;
  const call = { function_execution_id: step.id, token: step.token };
  await expect(client.functions.completeError({ ...call, error: 'again' })).rejects.toMatchObject({
    data: { error: limits.stepOver.value },
  });
  await running.sandbox.clock.step(limits.stepTokenLifetimeMs.value);
  await expect(client.functions.completeError({ ...call, error: 'late' })).rejects.toMatchObject({
    data: { error: 'token_expired' },
  });
});

test('inputs and outputs are those that the manifest declares', async () => {
  running = await runningApp('socket', configure, { manifest: withSteps });
  const ana = running.sandbox.person('ana');
  await expect(ana.runStep('brew')).rejects.toThrow('"brew" is no step here; there are: approve');
  await expect(ana.runStep('approve')).rejects.toThrow('needs approver');
  await expect(ana.runStep('approve', { approver: ana.id, sugar: 2 })).rejects.toThrow('takes no sugar');
  const step = await ana.runStep('approve', { approver: ana.id });
  const complete = (outputs: { [name: string]: unknown }) =>
    running.app.client.functions.completeSuccess({ function_execution_id: step.id, outputs });
  for (const outputs of [{}, { by: 'x', sugar: 2 }])
    await expect(complete(outputs)).rejects.toMatchObject({ data: { error: limits.stepOutputs.value } });
});
