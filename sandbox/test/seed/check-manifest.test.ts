import { expect, test } from 'vitest';
import { checkManifest } from '../../seed/check-manifest.ts';
import { manifest } from '../support/running-app.ts';

test('a manifest that Slack would take is taken as it is', () => {
  expect(checkManifest(manifest)).toBe(manifest);
});

const named = { display_information: { name: 'Teapot' } };
const shortcut = (type: string, index: number) => ({ type, name: 'x', callback_id: `x${index}` });

test.each<[unknown, string]>([
  [undefined, 'is not an object'],
  ['name: Teapot', 'is not an object'],
  [[], 'is not an object'],
  [{}, 'display_information.name is missing'],
  [{ display_information: { name: ' ' } }, 'display_information.name is missing'],
  [{ ...named, features: { slash_commands: [{ command: 'tea' }] } }, '"tea" is not a command'],
  [{ ...named, features: { slash_commands: [{ command: '/Tea time' }] } }, '"/Tea time" is not a command'],
  [{ ...named, features: { slash_commands: [{ command: '/a' }, { command: '/a' }] } }, '/a is there twice'],
  [{ ...named, features: { shortcuts: [{ type: 'channel', callback_id: 'x' }] } }, 'global or message, not channel'],
  [{ ...named, features: { shortcuts: [{ type: 'global' }] } }, 'needs a callback_id'],
  [
    { ...named, features: { shortcuts: [0, 1, 2, 3, 4, 5].map((index) => shortcut('message', index)) } },
    '5 message shortcuts at most',
  ],
])('%j is refused', (value, message) => {
  expect(() => checkManifest(value)).toThrow(message);
});

test('everything wrong is named at once', () => {
  const value = { features: { slash_commands: [{ command: 'tea' }], shortcuts: [{ type: 'global' }] } };
  expect(() => checkManifest(value)).toThrow(
    /name is missing; "tea" is not a command.*; a shortcut needs a callback_id/,
  );
});
