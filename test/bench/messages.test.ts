import { globSync, readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { SUBJECTS, voiceDocument } from '../../bench/messages/voice.ts';
import { validateSurface } from '../../sandbox/block-kit/validate.ts';

const ROOT = new URL('../..', import.meta.url).pathname;

describe('docs/messages.md', () => {
  it('says what the bot says now; `npm run messages` writes it', () => {
    expect(readFileSync(`${ROOT}docs/messages.md`, 'utf8')).toBe(voiceDocument(ROOT));
  });

  it('has every function that words a message', () => {
    const wording = globSync('src/blocks/**/*.ts', { cwd: ROOT }).flatMap((file) =>
      [
        ...readFileSync(`${ROOT}${file}`, 'utf8').matchAll(/^export function (\w+)\([\s\S]*?\)(?:: ([^{]+?))? \{$/gm),
      ].flatMap(([, name, type]) => (/^(Message|Topic\[\])( \| undefined)?$/.test(type ?? '') ? [name] : [])),
    );
    const shown = new Set(SUBJECTS.flatMap(({ messages }) => messages.map(({ by }) => by.name)));
    const parts = ['message', 'withCharts'];
    expect(wording.length).toBeGreaterThan(45);
    expect(wording.filter((name) => name !== undefined && !shown.has(name) && !parts.includes(name))).toEqual([]);
  });

  it('shows no message without words', () => {
    for (const { messages } of SUBJECTS)
      for (const { by, forms } of messages) {
        expect(forms.length, by.name).toBeGreaterThan(0);
        for (const { text } of forms) expect(text.trim(), by.name).not.toBe('');
      }
  });

  it('shows no message that Slack would refuse', () => {
    for (const { messages } of SUBJECTS)
      for (const { by, forms } of messages)
        for (const form of forms) expect(validateSurface('message', form), by.name).toEqual([]);
  });
});
