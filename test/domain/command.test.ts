import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { parseCommand, splitRuleText } from '../../src/domain/command.ts';

describe('/defect', () => {
  it.each([
    ['', { kind: 'form' }],
    ['   ', { kind: 'form' }],
    ['Webhooks time out after deploy', { kind: 'report', title: 'Webhooks time out after deploy' }],
    ['list', { kind: 'list', filter: 'top' }],
    ['LIST Mine', { kind: 'list', filter: 'mine' }],
    ['list launch integration', { kind: 'list', filter: { areaNamed: 'launch integration' } }],
    ['show 42', { kind: 'show', number: 42 }],
    ['show 42 2026-11-04', { kind: 'proof', number: 42, on: '2026-11-04' }],
    ['show D-42 on 2026-11-04', { kind: 'proof', number: 42, on: '2026-11-04' }],
    ['why D-42', { kind: 'why', number: 42 }],
    ['claim #7', { kind: 'claim', number: 7 }],
    ['search webhook 400', { kind: 'search', words: 'webhook 400' }],
    ['assign 42 <@U0ANA|ana>', { kind: 'assign', number: 42, userId: 'U0ANA' }],
    ['merge 42 into 17', { kind: 'mergeInto', from: 42, into: 17 }],
    ['merge 42', { kind: 'merge', number: 42 }],
    ['merge 42 17', { kind: 'mergeInto', from: 42, into: 17 }],
    ['tickets 42 3', { kind: 'tickets', number: 42, tickets: 3, link: null }],
    [
      'tickets D-42 1 <https://desk.example/t/9|t/9>',
      { kind: 'tickets', number: 42, tickets: 1, link: 'https://desk.example/t/9' },
    ],
    ['rule 42 "pool exhausted" in billing', { kind: 'rule', number: 42, text: '"pool exhausted" in billing' }],
    ['rule D-42', { kind: 'rule', number: 42, text: '' }],
    ['rules', { kind: 'rules' }],
    ['Charts', { kind: 'charts' }],
    ['audit', { kind: 'audit' }],
    ['quarter', { kind: 'quarter', quarter: null }],
    ['quarter last', { kind: 'quarter', quarter: 'last' }],
    ['quarter Q3 2026', { kind: 'quarter', quarter: '2026-Q3' }],
    ['office', { kind: 'office', quarter: null }],
    ['office Q3 2026', { kind: 'office', quarter: '2026-Q3' }],
    ['office printer', { kind: 'unclear', typed: 'office printer', meant: 'office' }],
    ['quarter q3', { kind: 'quarter', quarter: 3 }],
    ['quarter end invoices fail', { kind: 'report', title: 'quarter end invoices fail' }],
    ['rule engine fails on save', { kind: 'report', title: 'rule engine fails on save' }],
    ['tickets 42 -3', { kind: 'tickets', number: 42, tickets: -3, link: null }],
    ['tickets are lost after a merge', { kind: 'report', title: 'tickets are lost after a merge' }],
    ['help', { kind: 'help', topic: null }],
    ['help triage', { kind: 'help', topic: 'triage' }],
    ['help Report', { kind: 'help', topic: 'reports' }],
    ['triage now', { kind: 'triage' }],
    ['digest', { kind: 'digest' }],
    ['settings', { kind: 'settings' }],
  ])('%j is understood', (text, command) => {
    expect(parseCommand(text)).toEqual(command);
  });

  it.each([
    ['lst', 'list'],
    ['shwo 42', 'show 42'],
    ['digets', 'digest'],
    ['setings', 'settings'],
    ['lits mine', 'list mine'],
    ['triage', 'triage now'],
    ['claim 1 now', 'claim 1'],
    ['snooze D-7 please', 'snooze 7'],
    ['help me with the login', 'help'],
    ['digest is empty since friday', 'digest'],
  ])('%j might be a command, so it is asked about', (text, meant) => {
    expect(parseCommand(text)).toEqual({ kind: 'unclear', typed: text, meant });
  });

  it.each([
    'show',
    'show me',
    'claim x',
    'why 0',
    'assign 42 ana',
    'tickets 42',
    'tickets 42 0',
    'tickets 42 3 javascript:alert(1)',
    'merge',
    'search',
  ])('%j is told what is missing', (text) => {
    expect(parseCommand(text).kind).toBe('misused');
  });

  it.each(['assign 42 <!subteam^S1|@oncall>', 'assign 42 <!here>', 'assign 42 <@U1> <@U2>'])(
    '%j is told that a group cannot own a defect',
    (text) => {
      expect(parseCommand(text)).toEqual({
        kind: 'misused',
        words: 'A group cannot own it; name one person: `assign 42 @ana`.',
      });
    },
  );

  it('a sentence that starts with the word of a command is a title', () => {
    expect(parseCommand('show button does nothing on Safari')).toEqual({
      kind: 'report',
      title: 'show button does nothing on Safari',
    });
    expect(parseCommand('merge of two accounts loses invoices').kind).toBe('report');
  });

  it.each([
    'show 99999999999999999999',
    'show 1; drop table defects; --',
    'assign 42 <!channel>',
    'list <script>alert(1)</script>',
    '\u202Elist',
    '__proto__',
    'constructor',
    `${'x'.repeat(20_000)}`,
  ])('hostile text %j is answered with some command and no crash', (text) => {
    expect(['report', 'misused', 'list', 'unclear']).toContain(parseCommand(text).kind);
  });

  it.each([
    ['"pool exhausted" in billing', 'pool exhausted', 'billing'],
    ['“pool in billing”', 'pool in billing', null],
    ['pool exhausted in Launch Integration', 'pool exhausted', 'launch integration'],
    ['stuck in limbo', 'stuck in limbo', null],
    ['"stuck" in limbo', 'stuck', 'limbo'],
    ['"stuck" in area billing', 'stuck', 'billing'],
    ['in billing', 'in billing', null],
    ['"', '"', null],
    ['', '', null],
  ])('rule 42 %s is about %j in %j', (text, words, areaNamed) => {
    expect(splitRuleText(text, ['billing', 'launch integration'])).toEqual({ words, areaNamed });
  });

  it('any text at all is answered, and a title keeps the words that were typed', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'grapheme', maxLength: 300 }), (text) => {
        const command = parseCommand(text);
        if (command.kind === 'report') expect(command.title).toBe(text.replace(/\s+/gu, ' ').trim());
      }),
    );
  });
});
