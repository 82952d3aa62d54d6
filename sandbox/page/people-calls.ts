import { roles } from '../people/roles.ts';
import type { Call } from './page-calls.ts';

type Body = Record<string, unknown>;

function words(body: Body, key: string): string {
  const value = body[key];
  if (typeof value !== 'string' || value.trim() === '') throw new Error(`Say the ${key}.`);
  return value.trim();
}

const optional = (body: Body, key: string) => (body[key] === undefined ? undefined : words(body, key));

function oneOf<const Choice extends string>(body: Body, key: string, choices: readonly Choice[]): Choice {
  const found = choices.find((choice) => choice === body[key]);
  if (found === undefined) throw new Error(`The ${key} is one of: ${choices.join(', ')}.`);
  return found;
}

const names = (value: unknown): string[] => (Array.isArray(value) ? value.map(String) : []);

/** Changes of people and channels, whoever of the workspace decided them. */
export const peopleCalls: Record<string, Call> = {
  'people/add': (sandbox, body) => {
    const name = words(body, 'name');
    if (!/^[\p{L}\p{N}._-]+$/u.test(name)) throw new Error('A name is one word of letters and digits.');
    const role = body.role === undefined ? undefined : oneOf(body, 'role', roles);
    const { id } = sandbox.addPerson({
      name: name.toLowerCase(),
      realName: name,
      ...(role ? { role } : {}),
      ...(body.from === undefined ? {} : { from: words(body, 'from') }),
      channels: names(body.channels),
    });
    return { id };
  },
  'people/role': (sandbox, body) => {
    const channel = optional(body, 'channel');
    sandbox.changeRole(words(body, 'person'), oneOf(body, 'role', roles), channel === undefined ? {} : { channel });
  },
  'people/active': (sandbox, body) =>
    body.active === true ? sandbox.reactivate(words(body, 'person')) : sandbox.deactivate(words(body, 'person')),
  'channels/member': (sandbox, body) =>
    body.member === true
      ? sandbox.addToChannel(words(body, 'channel'), words(body, 'person'))
      : sandbox.removeFromChannel(words(body, 'channel'), words(body, 'person')),
  'channels/privacy': (sandbox, body) =>
    sandbox.changePrivacy(words(body, 'channel'), oneOf(body, 'kind', ['public', 'private'])),
  'channels/shared': (sandbox, body) =>
    body.shared === true
      ? sandbox.shareChannel(words(body, 'channel'), words(body, 'organisation'))
      : sandbox.unshareChannel(words(body, 'channel'), words(body, 'organisation')),
};
