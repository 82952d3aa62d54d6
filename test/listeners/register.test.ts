import { readdirSync, readFileSync } from 'node:fs';
import type { App } from '@slack/bolt';
import { describe, expect, it } from 'vitest';
import { parse } from 'yaml';
import { methods } from '../../sandbox/rules/methods.ts';
import { ACTIONS, COMMAND, LEAD_ACTIONS, LEAD_VIEWS, OPTIONS, SHORTCUTS, VIEWS } from '../../src/blocks/kit/ids.ts';
import type { Deps } from '../../src/listeners/deps.ts';
import { registerListeners } from '../../src/listeners/register.ts';
import { followChanges } from '../../src/requests/gate/follow-changes.ts';

const manifest = parse(readFileSync(new URL('../../manifest.yml', import.meta.url), 'utf8'));

/** Windows that are only read: Slack sends nothing when they are closed. */
const WITHOUT_SUBMIT: string[] = [VIEWS.repeats, VIEWS.defectCard, VIEWS.defectReports];

/** What the listeners ask Bolt for, as a multiset of "kind id". */
function registrations(): string[] {
  const asked: string[] = [];
  const note = (kind: string) => (what: string | { callback_id?: string }) =>
    void asked.push(`${kind} ${typeof what === 'string' ? what : what.callback_id}`);
  const app = {
    action: note('action'),
    view: note('view'),
    shortcut: note('shortcut'),
    options: note('options'),
    command: note('command'),
    event: note('event'),
    follow: note('event'),
  };
  followChanges(app as unknown as App, {} as Deps['directory']);
  registerListeners({ app } as unknown as Deps);
  return asked;
}

/** Every Web API method that the source calls, e.g. `views.open`. */
function calledMethods(): string[] {
  const source = new URL('../../src/', import.meta.url);
  const files = readdirSync(source, { recursive: true, encoding: 'utf8' }).filter((name) => name.endsWith('.ts'));
  const calls = files.flatMap((name) => [
    ...readFileSync(new URL(name, source), 'utf8').matchAll(/\bclient\.(\w+\.\w+)\(/g),
  ]);
  return [...new Set(calls.map(([, method]) => method ?? ''))].filter((method) => method in methods);
}

describe('what people can press', () => {
  it.each([
    ['action', { ...ACTIONS, ...LEAD_ACTIONS }, []],
    ['view', { ...VIEWS, ...LEAD_VIEWS }, WITHOUT_SUBMIT],
    ['shortcut', SHORTCUTS, []],
    ['options', OPTIONS, []],
  ] as const)('every %s has exactly one listener', (kind, ids, without) => {
    const asked = registrations();
    for (const id of Object.values(ids)) {
      if ((without as readonly string[]).includes(id)) continue;
      expect(
        asked.filter((one) => one === `${kind} ${id}`),
        `${kind} ${id}`,
      ).toHaveLength(1);
    }
  });

  it('ids are unique, so that no press reaches the wrong listener', () => {
    for (const ids of [{ ...ACTIONS, ...LEAD_ACTIONS }, { ...VIEWS, ...LEAD_VIEWS }, SHORTCUTS]) {
      expect(new Set(Object.values(ids)).size).toBe(Object.values(ids).length);
    }
  });
});

describe('the manifest', () => {
  it('offers the command, the shortcuts and the events that the bot listens for', () => {
    const asked = registrations();
    expect(manifest.features.slash_commands.map(({ command }: { command: string }) => command)).toEqual([COMMAND]);
    const shortcuts = manifest.features.shortcuts.map(({ callback_id: id }: { callback_id: string }) => id);
    expect(shortcuts.toSorted()).toEqual(Object.values(SHORTCUTS).toSorted());
    const events = asked.filter((one) => one.startsWith('event ')).map((one) => one.slice('event '.length));
    expect(manifest.settings.event_subscriptions.bot_events.toSorted()).toEqual([...new Set(events)].sort());
  });

  it('asks for a scope of every method that is called', () => {
    const { bot, bot_optional: optional } = manifest.oauth_config.scopes;
    const granted: string[] = [...bot, ...optional];
    const called = calledMethods();
    expect(called).toContain('views.open');
    for (const method of called) {
      const scopes: readonly string[] = methods[method]?.value.scopes ?? [];
      expect(scopes.length === 0 || scopes.some((scope) => granted.includes(scope)), method).toBe(true);
    }
  });

  it('has every scope explained to whoever operates it', () => {
    const explained = readFileSync(new URL('../../docs/operations.md', import.meta.url), 'utf8');
    const { bot, bot_optional: optional } = manifest.oauth_config.scopes;
    for (const scope of [...bot, ...optional]) expect(explained).toContain(`\`${scope}\``);
  });
});
