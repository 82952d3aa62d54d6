import { globSync, readFileSync } from 'node:fs';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { SUBJECTS } from '../../bench/messages/voice.ts';
import { validateSurface } from '../../sandbox/block-kit/validate.ts';
import { Mrkdwn, mrkdwn } from '../../src/blocks/kit/mrkdwn.ts';
import { commandsIn, typed } from './hostile.ts';

const ROOT = new URL('../..', import.meta.url).pathname;

/** What the code itself knows as a word: a kind, a state, an answer. Nobody types it. */
const KNOWN = new Set(
  globSync('src/{domain,blocks}/**/*.ts', { cwd: ROOT }).flatMap((file) =>
    [...readFileSync(`${ROOT}${file}`, 'utf8').matchAll(/'([^'\n]*)'/g)].map(([, word]) => word ?? ''),
  ),
);
const ID = /^[UWCGT][A-Z0-9]{2,}$/;
/** Dates, times, quarters, zones and addresses are read before they are shown. */
const READ_BEFORE = /^(\d{4}-|\d\d:\d\d$|[A-Z]\w+\/\w+$|https?:)/;

const isTyped = (text: string) => text !== '' && !KNOWN.has(text) && !ID.test(text) && !READ_BEFORE.test(text);

/** The same facts with the next of these texts wherever one stands that somebody has typed. */
function spoilt(fact: unknown, next: () => string): unknown {
  if (typeof fact === 'string') return isTyped(fact) ? next() : fact;
  if (fact instanceof Mrkdwn) return mrkdwn`${next()}`;
  if (Array.isArray(fact)) return fact.map((one) => spoilt(one, next));
  if (fact === null || typeof fact !== 'object' || fact instanceof Date) return fact;
  return Object.fromEntries(
    // The code knows the areas that a program begins with, but a lead may name them.
    Object.entries(fact).map(([name, value]) => [name, name === 'area' && value ? next() : spoilt(value, next)]),
  );
}

function stringsIn(value: unknown): string[] {
  if (typeof value === 'string') return [value];
  return value && typeof value === 'object' ? Object.values(value).flatMap(stringsIn) : [];
}

/** Whether Slack would do what no fact asked for: only people and channels that the facts name, and links of ours. */
function isSmuggled(command: string, ids: ReadonlySet<string>): boolean {
  const [, id] = /^<[@#]([A-Z0-9]+)>$/.exec(command) ?? [];
  if (id !== undefined) return !ids.has(id);
  return !/^<https?:\/\/[^<>|]+\|[^<>|]*>$/.test(command) || command.startsWith('<https://evil.example');
}

function messagesOf(said: unknown): { text: string; blocks: unknown[] }[] {
  const all = Array.isArray(said) ? said.map(({ message }) => message) : [said];
  return all.filter((one) => one !== undefined);
}

// What has nothing to see in it is refused or left out where it is typed.
const visible = typed.filter((text) => /[^\s\p{C}]/u.test(text));
const EVERY = SUBJECTS.flatMap(({ messages }) => messages);

describe('every message that the bot can send', () => {
  it.each(EVERY)(
    'fits Slack and does nothing that nobody asked for, whatever was typed into it: $by.name $topic',
    ({ by, given }) => {
      expect(given.length).toBeGreaterThan(0);
      fc.assert(
        fc.property(fc.array(visible, { minLength: 1, maxLength: 6 }), (texts) => {
          let used = 0;
          const next = () => texts[used++ % texts.length] ?? '';
          for (const facts of given) {
            const ids = new Set(stringsIn(facts).filter((text) => ID.test(text)));
            const messages = messagesOf(by(...(facts.map((fact) => spoilt(fact, next)) as never[])));
            for (const message of messages) {
              expect(validateSurface('message', message)).toEqual([]);
              expect(message.text).not.toBe('');
              expect(commandsIn(message).filter((command) => isSmuggled(command, ids))).toEqual([]);
              expect(stringsIn(message).filter((text) => !text.isWellFormed())).toEqual([]);
            }
          }
        }),
        { numRuns: 25 },
      );
    },
  );

  it('is spoilt wherever somebody types, and what it is about stays', () => {
    const facts = {
      title: 'Login hangs',
      area: 'billing',
      state: 'accepted',
      ownerId: 'UANA',
      on: '2026-11-30',
      at: new Date(0),
      n: 3,
    };
    expect(spoilt([facts, mrkdwn`words`], () => '<!channel>')).toEqual([
      { ...facts, title: '<!channel>', area: '<!channel>' },
      mrkdwn`${'<!channel>'}`,
    ]);
  });
});
