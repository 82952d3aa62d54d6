import { readFileSync } from 'node:fs';
import { expect, it } from 'vitest';
import { parse } from 'yaml';
import { BOT_SCOPES } from '../../src/installations/scopes.ts';

it('the install page asks for what the manifest declares', () => {
  const manifest = parse(readFileSync(new URL('../../manifest.yml', import.meta.url), 'utf8'));
  const { bot, bot_optional: optional } = manifest.oauth_config.scopes;
  expect([...BOT_SCOPES].sort()).toEqual([...bot, ...optional].sort());
});
