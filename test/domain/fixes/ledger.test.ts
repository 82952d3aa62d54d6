import { describe, expect, it } from 'vitest';
import { ledgerLines, ledgerWords, ownWords } from '../../../src/blocks/fixes/ledger-words.ts';
import { compareFixes, type LedgerFix, ownFixes } from '../../../src/domain/fixes/ledger.ts';
import type { Maker } from '../../../src/domain/fixes/maker.ts';

const NOW = new Date('2026-11-27T00:00:00Z');
const ago = (days: number) => new Date(NOW.getTime() - days * 86_400_000);

/** So many fixes of 100 days ago, of which the first so many broke before their proof on day 14. */
const fixes = (maker: Maker | null, count: number, broken: number, over: Partial<LedgerFix> = {}): LedgerFix[] =>
  Array.from({ length: count }, (_, i) => ({
    ...{ area: 'billing', ownerId: `U${maker}${i}`, kind: 'code', repository: 'acme/api', maker, deployedAt: ago(100) },
    provenAt: i < broken ? null : ago(86),
    brokeAt: i < broken ? ago(95 - i) : null,
    ...over,
  }));

describe('the ledger of fixes', () => {
  it('tells agents from people where they differ, with the share that lasts, what failed and the days to proof', () => {
    const [maker, ...more] = compareFixes([...fixes('person', 40, 2), ...fixes('agent', 30, 18)], NOW);
    expect(more).toEqual([]);
    expect(maker?.groups).toMatchObject([
      { name: 'person', fixes: 40, survival: { days: 90 }, failed: { happened: 2, of: 40 }, proof: { days: 14 } },
      { name: 'agent', fixes: 30, failed: { happened: 18, of: 30 }, proof: null },
    ]);
    expect(maker?.differences).toContainEqual({ measure: 'survival', name: 'person', sign: 1 });
    expect(maker?.differences).toContainEqual({ measure: 'failed', name: 'person', sign: -1 });
    const [words] = ledgerWords(maker ? [maker] : []);
    expect(words).toMatch(/people: 40 fixes, 95 % last 90 days \(\d+ to \d+ %\), 2 of 40 failed before proof/);
    expect(words).toContain('Those of people last longer than the others.');
  });

  it('says that no difference can be told where there is none', () => {
    const compared = compareFixes([...fixes('person', 20, 4), ...fixes('agent', 20, 4)], NOW);
    expect(compared[0]?.differences).toEqual([]);
    expect(ledgerLines(compared)).toEqual([
      expect.stringMatching(/^By who made them, fixes that last: agents .*; people .*\. No difference can be told\.$/),
    ]);
  });

  it('compares nothing of fewer than ten fixes, nor whose maker is not known, nor in one group alone', () => {
    expect(compareFixes([...fixes('person', 40, 2), ...fixes('agent', 9, 9), ...fixes(null, 40, 30)], NOW)).toEqual([]);
  });

  it('says in few words only what differs, beside who made the fixes', () => {
    const even = [...fixes('person', 20, 3, { area: 'billing' }), ...fixes('person', 20, 3, { area: 'deployment' })];
    expect(compareFixes(even, NOW)).toHaveLength(1);
    expect(ledgerLines(compareFixes(even, NOW))).toEqual([]);
  });

  it('leaves out what is too young to be settled, which fails sooner than it is proven', () => {
    const young = fixes('agent', 20, 5).map((fix) => ({
      ...fix,
      deployedAt: ago(20),
      brokeAt: fix.brokeAt && ago(10),
    }));
    const [maker] = compareFixes([...fixes('person', 20, 2), ...young], NOW);
    expect(maker?.groups.find(({ name }) => name === 'agent')?.failed).toBeNull();
  });

  it('shows a person their own fixes, and compares nobody by person', () => {
    const all = [...fixes('person', 12, 1, { ownerId: 'UANA' }), ...fixes('person', 12, 6, { ownerId: 'UBO' })];
    expect(ownFixes(all, 'UANA', NOW)).toMatchObject({ fixes: 12, failed: { happened: 1, of: 12 } });
    expect(ownFixes(all, 'UCY', NOW)).toBeNull();
    expect(JSON.stringify(compareFixes(all, NOW))).not.toMatch(/UANA|UBO/);
    const own = ownFixes(all, 'UANA', NOW);
    expect(own && ownWords(own)).toContain('Your own, which only you see here: 12 fixes');
  });
});
