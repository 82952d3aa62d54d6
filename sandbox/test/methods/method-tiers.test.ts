import { afterEach, expect, test } from 'vitest';
import { limits } from '../../rules/limits.ts';
import type { Tier } from '../../rules/method-facts.ts';
import { methods } from '../../rules/methods.ts';
import { findMethod } from '../../web-api/methods.ts';
import type { Quiet } from '../support/quiet-workspace.ts';
import { methodWorkspace, send } from './method-workspace.ts';

let quiet: Quiet | undefined;

afterEach(async () => {
  await quiet?.sandbox.close();
  quiet = undefined;
});

const callsOf = (tier: Tier) => {
  const perMinute = { 1: limits.rateTier1, 2: limits.rateTier2, 3: limits.rateTier3, 4: limits.rateTier4 };
  return tier === 'special' ? limits.rateSpecial.value : perMinute[tier].value;
};

/** How many calls pass before the first that has to wait. */
async function burst(workspace: Quiet, name: string, profile: 'docs' | 'strict'): Promise<number> {
  workspace.sandbox.setRateLimits(profile);
  for (let passed = 0; passed < 200; passed += 1) {
    const { status, headers } = await send(workspace, name, { channel: `C${passed}`, test: 'true' }, 'form');
    if (status !== limits.rateAnswer.value.status) continue;
    expect(Number(headers.get(limits.rateAnswer.value.header))).toBeGreaterThan(0);
    return passed;
  }
  return 200;
}

test('every method is held to the tier of its rule', () => {
  for (const [name, { value }] of Object.entries(methods))
    expect(findMethod(name)).toMatchObject({ tier: value.tier, strictTier: value.strictTier });
});

const perTier: [Tier, string][] = [
  [1, 'apps.uninstall'],
  [2, 'users.list'],
  [3, 'users.lookupByEmail'],
  [4, 'users.info'],
  ['special', 'auth.test'],
];

test.each(perTier)('calls faster than tier %s answer 429, sooner in the strict profile', async (tier, name) => {
  expect(methods[name]?.value.tier).toBe(tier);
  quiet = await methodWorkspace();
  const strict = await burst(quiet, name, 'strict');
  const docs = await burst(quiet, name, 'docs');
  expect(docs).toBe(Math.ceil(callsOf(tier) / 4));
  expect(strict).toBe(Math.ceil(callsOf(tier) / 20));
});

test('calls are taken again as time passes', async () => {
  let seconds = 0;
  quiet = await methodWorkspace({ rateLimits: 'docs', realNow: () => seconds * 1000 });
  const statusOf = async () => (await send(quiet as Quiet, 'users.list', {}, 'form')).status;
  while ((await statusOf()) === 200);
  seconds += 60 / limits.rateTier2.value;
  expect([await statusOf(), await statusOf()]).toEqual([200, limits.rateAnswer.value.status]);
});

test('posting is limited a channel, not a method', async () => {
  quiet = await methodWorkspace();
  expect(await burst(quiet, 'chat.postMessage', 'docs')).toBe(200);
});
