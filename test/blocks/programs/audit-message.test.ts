import { expect, it } from 'vitest';
import { AUDIT_PAGE, auditMessage, auditSentence } from '../../../src/blocks/programs/audit-message.ts';
import { AUDIT_KINDS, type AuditEntry } from '../../../src/domain/programs/audit.ts';
import { MONDAY } from '../../builders.ts';

const entry = (over: Partial<AuditEntry>): AuditEntry => ({
  at: MONDAY,
  by: 'UANA',
  kind: 'setting_changed',
  subject: 'triage',
  before: 'Mondays at 10:00',
  after: 'Tuesdays at 09:00',
  ...over,
});
const page = (entries: AuditEntry[], over: { total?: number; offset?: number } = {}) =>
  auditMessage({
    program: { name: '#eng-stability', nameFollowsChannel: true, channelId: 'C0ENG' },
    timeZone: 'Europe/Berlin',
    entries,
    total: entries.length,
    offset: 0,
    pageValue: String,
    ...over,
  });

it('a change is told as a sentence with who, what, before and after', () => {
  expect(auditSentence(entry({})).source).toBe('<@UANA> changed triage from Mondays at 10:00 to Tuesdays at 09:00');
  expect(auditSentence(entry({ kind: 'role_changed', subject: 'the lead', before: [], after: ['UBEN'] })).source).toBe(
    '<@UANA> changed the lead from nobody to <@UBEN>',
  );
  expect(
    auditSentence(entry({ by: null, kind: 'exported', subject: 'all defects', before: null, after: 1 })).source,
  ).toBe('Whoever runs the bot took an export of all defects, 1 row');
});

it('every kind of change has a sentence of its own', () => {
  const said = AUDIT_KINDS.map((kind) => auditSentence(entry({ kind })).source);
  expect(said.every((words) => words.startsWith('<@UANA> '))).toBe(true);
  expect(new Set(said).size).toBeGreaterThanOrEqual(AUDIT_KINDS.length - 2);
});

it('what somebody typed mentions nobody in the audit', () => {
  expect(auditSentence(entry({ kind: 'source_added', subject: '<!channel>', after: '<@UBEN>' })).source).toBe(
    '<@UANA> added the source &lt;!channel&gt;: &lt;@UBEN&gt;',
  );
});

it('a long audit has pages, the newest first, and a short one has none', () => {
  const first = page(
    Array.from({ length: AUDIT_PAGE }, () => entry({})),
    { total: 45 },
  );
  expect(first.text).toContain('1 to 15 of 45');
  expect(JSON.stringify(first.blocks)).toContain('"text":"Older"');
  expect(JSON.stringify(first.blocks)).not.toContain('"text":"Newer"');
  const last = page([entry({})], { total: 45, offset: 30 });
  expect(JSON.stringify(last.blocks)).toContain('"value":"15"');
  expect(page([entry({})]).blocks.some(({ type }) => type === 'actions')).toBe(false);
  expect(JSON.stringify(page([]).blocks)).toContain('Nothing has been changed in <#C0ENG> yet.');
});

it('the longest changes still fit into one message', () => {
  const long = entry({ subject: 'x'.repeat(60), before: '"'.repeat(5000), after: '&'.repeat(5000) });
  const message = page(Array.from({ length: AUDIT_PAGE }, () => long));
  expect(message.blocks.length).toBe(1 + AUDIT_PAGE / 5);
  expect(JSON.stringify(message.blocks).match(/10:00\./g)).toHaveLength(AUDIT_PAGE);
});
