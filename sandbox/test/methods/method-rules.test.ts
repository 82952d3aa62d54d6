// @module-tag slow
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { limits } from '../../rules/limits.ts';
import type { MethodFacts } from '../../rules/method-facts.ts';
import { methods } from '../../rules/methods.ts';
import type { Quiet } from '../support/quiet-workspace.ts';
import { methodCases } from './method-cases.ts';
import { methodWorkspace, prepare, send, withEverything } from './method-workspace.ts';
import { widerCases } from './wider-cases.ts';

const cases = { ...methodCases, ...widerCases };

/** Their tests need more than a bot token: oauth.test.ts and socket-delivery.test.ts have them. */
const elsewhere = [
  'apps.uninstall',
  'oauth.v2.access',
  'oauth.v2.exchange',
  'apps.connections.open',
  'apps.event.authorizations.list',
  'files.upload',
];

let quiet: Quiet;

beforeEach(async () => {
  quiet = await methodWorkspace();
});
afterEach(() => quiet.sandbox.close());

test('every method of the rules is here, or in its own suite', async () => {
  expect([...Object.keys(cases), ...elsewhere].sort()).toEqual(Object.keys(methods).sort());
});

test('a method that is not modelled, and one that Slack took away, say so', async () => {
  expect((await send(quiet, 'chat.fly', {}, 'form')).error).toBe(limits.unknownMethod.value);
  expect((await send(quiet, 'files.upload', { content: 'x' }, 'form')).error).toBe(limits.uploadRetired.value);
});

function factsOf(name: string): MethodFacts {
  const facts = methods[name]?.value;
  if (!facts) throw new Error(`there are no facts about ${name}`);
  return facts;
}

describe.each(Object.entries(cases))('%s', (name, [works, refused, error]) => {
  const { scopes, json } = factsOf(name);

  test('works as a form, and as JSON where Slack reads that', async () => {
    const args = works(await prepare(quiet, name));
    const asForm = await send(quiet, name, args, 'form');
    expect(asForm).toMatchObject({ ok: true });
    expect(asForm.headers.get('x-accepted-oauth-scopes') ?? '').toBe(scopes.join(','));
    await quiet.sandbox.close();
    quiet = await methodWorkspace();
    const again = works(await prepare(quiet, name));
    const answer = await send(quiet, name, again, 'json');
    if (json) expect(answer).toMatchObject({ ok: true });
    // Unread arguments: it was no test, so the token is gone.
    else if (name === 'auth.revoke') expect(answer).toMatchObject({ revoked: true });
    else expect(answer.error).toBe((await send(quiet, name, {}, 'form')).error);
  });

  if (error !== '')
    test('says what Slack says to what is wrong', async () => {
      await prepare(quiet, name);
      expect(await send(quiet, name, refused, 'form')).toMatchObject({ status: 200, ok: false, error });
    });

  if (scopes.length > 0)
    test('needs any one of its scopes', async () => {
      await quiet.sandbox.close();
      quiet = await methodWorkspace({
        manifest: { ...withEverything, oauth_config: { scopes: { bot: ['commands'] } } },
      });
      expect(await send(quiet, name, {}, 'form')).toMatchObject({ error: 'missing_scope', needed: scopes.join(',') });
    });
});
