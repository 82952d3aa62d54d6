import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { validateSurface } from '../../sandbox/block-kit/validate.ts';
import { digestPost } from '../../src/blocks/digest/digest-post.ts';
import { digestPreview } from '../../src/blocks/digest/digest-preview.ts';
import { digestThread } from '../../src/blocks/digest/digest-thread.ts';
import type { Message } from '../../src/blocks/kit/parts.ts';
import { confirmMessage } from '../../src/blocks/proof/confirm-message.ts';
import { changeDueModal, snoozeModal } from '../../src/blocks/reminders/reminder-modals.ts';
import { trancheMessage } from '../../src/blocks/triage/tranche-message.ts';
import { type Burndown, FLOW_LINES } from '../../src/domain/digest/burndown.ts';
import { assembleDigest } from '../../src/domain/digest/digest.ts';
import { NEED_KINDS } from '../../src/domain/digest/needs.ts';
import { MEASURES, TRAITS } from '../../src/domain/fixes/ledger.ts';
import { reviewOf } from '../../src/domain/triage/tranche.ts';
import { DEFECT_STATES, ESCAPES, FIX_KINDS } from '../../src/domain/vocabulary.ts';
import { FRIDAY, verdictsOf } from './digest/digest-world.ts';
import { reliability } from './reliability/hostile-reliability.ts';

/** What people type, and what somebody types to annoy a channel or a renderer. */
const hostile = fc.oneof(
  fc.constantFrom(
    '',
    '   ',
    '<!channel> <@U012AB3CD> <!subteam^S123> <#C0123>',
    '&lt;!here&gt;&amp;',
    '<https://evil.example|Accept>',
    '`*_~ ```',
    'e'.repeat(5000),
    '<'.repeat(3000),
    '&'.repeat(3000),
    'family 👨‍👩‍👧‍👦'.repeat(300),
    '\u202Ereversed\u0000\uD800',
  ),
  fc.string({ unit: 'binary', maxLength: 400 }),
);
const many = fc.integer({ min: 0, max: 1_000_000 });
const part = fc.constantFrom(0, 0.333, 1);
const range = fc.constantFrom({ low: 0, high: 1 }, { low: 0.1, high: 0.555 });
const harm = fc.double({ min: 0, max: 1e9, noNaN: true });
const quietHalvings = fc.constantFrom(0, 0.5, 510);
const instant = fc.date({ min: new Date('2020-01-01'), max: new Date('2035-01-01'), noInvalidDate: true });
const day = instant.map((at) => at.toISOString().slice(0, 10));
const standing = fc.record({ toDo: many, claimed: many });
const line = fc.record({
  count: fc.oneof(fc.constant(0), many),
  toDo: fc.integer({ min: -99, max: 99 }),
  claimed: fc.integer({ min: -99, max: 99 }),
});
const lines = fc.record(Object.fromEntries(FLOW_LINES.map((name) => [name, line]))) as fc.Arbitrary<Burndown['lines']>;
const burndown = fc
  .tuple(standing, standing, lines)
  .map(([then, now, flows]): Burndown => ({ then, now, lines: flows }));
const list = <T>(of: fc.Arbitrary<T>) =>
  fc.oneof(fc.array(of, { maxLength: 3 }), fc.array(of, { minLength: 30, maxLength: 60 }));
const named = { number: many, title: hostile };

const digestFacts = fc.record({
  window: fc.constant({ after: new Date('2026-11-20T14:00:00Z'), upTo: new Date('2026-11-27T14:00:00Z') }),
  thisWeek: burndown,
  lastWeek: burndown,
  week: fc.record({ reports: many, tickets: many }),
  verdicts: fc.option(fc.array(many, { minLength: 1, maxLength: 20 }).map((counts) => verdictsOf(...counts))),
  needs: fc.array(
    fc.record({
      ...named,
      kind: fc.constantFrom(...NEED_KINDS),
      personId: fc.constantFrom('UANA', 'not <@U1> an id', null),
      dueOn: fc.option(day),
      isOverdue: fc.boolean(),
      budget: fc.option(fc.record({ area: hostile, share: fc.constantFrom(0.34, 7) })),
    }),
    { maxLength: 3 },
  ),
  costs: list(fc.record({ number: many, area: hostile, tickets: many, ticketsBefore: many })),
  movers: list(fc.record({ ...named, reports: many, harmThen: harm, harmNow: harm })),
  outcomes: list(
    fc.record({
      ...named,
      kind: fc.constantFrom('proven', 'failed', 'regressed'),
      why: hostile,
      release: fc.option(fc.record({ version: hostile, link: fc.option(hostile) })),
    }),
  ),
  relabels: list(
    fc.record({
      key: fc.constant('D-1'),
      field: fc.constant('area' as const),
      from: hostile,
      to: hostile,
      by: hostile,
      at: instant,
      why: fc.option(hostile),
    }),
  ),
  unowned: fc.record({ total: many, top: fc.array(fc.record({ ...named, harm, quietHalvings }), { maxLength: 5 }) }),
  harms: list(fc.record({ key: fc.constantFrom('D-1', 'D-2', 'D-3'), harm })),
  open: fc.record({ count: many, harm }),
  health: fc.record({
    triage: fc.record({ held: fc.boolean(), late: fc.boolean(), items: many, decided: many, carriedOver: many }),
    reminders: fc.record({ sent: many, acted: many }),
    missed: list(
      fc.record({
        ritual: fc.constantFrom('triage', 'digest', 'tranche_review'),
        dueAt: instant,
        why: fc.constantFrom('not running', 'not delivered'),
      }),
    ),
  }),
  escapes: fc.array(fc.record({ escape: fc.constantFrom(...ESCAPES), count: many }), { maxLength: 7 }),
  ledger: fc.array(
    fc.record({
      trait: fc.constantFrom(...TRAITS),
      groups: fc.array(
        fc.record({
          name: hostile,
          fixes: many,
          survival: fc.option(fc.record({ share: part, days: fc.constantFrom(30, 90), interval: range }), {
            nil: null,
          }),
          failed: fc.option(fc.record({ happened: many, of: many, interval: range }), { nil: null }),
          proof: fc.option(fc.record({ days: many, from: many, to: fc.option(many, { nil: null }) }), { nil: null }),
        }),
        { maxLength: 8 },
      ),
      differences: fc.array(
        fc.record({
          measure: fc.constantFrom(...MEASURES),
          name: hostile,
          sign: fc.constantFrom(1 as const, -1 as const),
        }),
        { maxLength: 6 },
      ),
    }),
    { maxLength: 4 },
  ),
  fixes: fc.array(fc.record({ kind: fc.constantFrom(...FIX_KINDS), claimed: many, cameBack: many }), { maxLength: 5 }),
  outlook: fc.record({
    forecast: fc.option(hostile, { nil: undefined }),
    survival: fc.option(hostile, { nil: undefined }),
    drifts: list(hostile),
  }),
  nextTriageAt: fc.option(instant),
  tranche: fc.option(fc.record({ number: many, endsAt: fc.option(instant), committed: many, proven: many })),
  reliability,
  burners: fc.array(
    fc.record({
      number: many,
      area: hostile,
      share: fc.constantFrom(0.001, 0.34, 7, Number.POSITIVE_INFINITY),
      badEvents: harm,
    }),
    { maxLength: 3 },
  ),
  releases: fc.array(fc.record({ version: hostile, link: fc.option(hostile), releasedAt: instant }), { maxLength: 6 }),
});

const committed = list(
  fc.record({
    ...named,
    state: fc.constantFrom(...DEFECT_STATES),
    harmThen: harm,
    harmNow: harm,
    cameBack: fc.boolean(),
  }),
);

/** Mentions, channels and groups that Slack would act upon, beyond those that are meant; plain text mentions nobody. */
function mentions(said: Message, meant: readonly string[] = []): string[] {
  const acted = JSON.stringify([said.text, said.blocks], (_, value) =>
    value?.type === 'plain_text' || value?.type === 'raw_text' ? undefined : value,
  );
  const found = acted.match(/<[@!#][^>]*>/g) ?? [];
  return found.filter((one) => !meant.includes(one));
}

function expectFit(said: Message, meant: readonly string[] = []): void {
  expect(validateSurface('message', said)).toEqual([]);
  expect(said.text.trim()).not.toBe('');
  expect(said.text.length).toBeLessThanOrEqual(3000);
  expect(mentions(said, meant)).toEqual([]);
  expect(JSON.stringify(said)).not.toMatch(/undefined|NaN|Infinity|\[object/);
}

const runs = { numRuns: 150 };

describe('whatever people type and however much there is', () => {
  it('a digest, its thread and its preview fit into messages and mention only who is needed', () => {
    fc.assert(
      fc.property(digestFacts, hostile, fc.boolean(), fc.boolean(), (facts, programName, late, hasSample) => {
        const setting = { programId: 7, programName, timeZone: 'Europe/Berlin', now: FRIDAY, late, hasSample };
        const digest = assembleDigest(facts as Parameters<typeof assembleDigest>[0]);
        expectFit(digestPost(digest, setting), ['<@UANA>']);
        expectFit(digestPreview(digest, setting), ['<@UANA>']);
        for (const { message } of digestThread(digest, setting)) expectFit(message);
      }),
      runs,
    );
  });

  it('a tranche review fits into a message', () => {
    fc.assert(
      fc.property(
        fc.option(committed),
        fc.array(fc.record({ ...named, harm, quietHalvings }), { maxLength: 5 }),
        hostile,
        (defects, proposed, programName) => {
          const closed = defects && { number: 3, startsAt: new Date('2026-10-26'), review: reviewOf(defects) };
          const next = { number: 4, endsAt: new Date('2026-12-21'), committed: 12 };
          const at = { timeZone: 'Europe/Berlin', dueAt: new Date('2026-11-23'), late: true };
          expectFit(trancheMessage({ ...at, programName, closed, next, proposed }));
        },
      ),
      runs,
    );
  });

  it('a tranche review says what was proven, failed and never fixed', () => {
    const defect = (state: 'accepted' | 'proven' | 'claimed', cameBack = false) => ({
      ...{ number: 1, title: 'x', state, cameBack, harmThen: 2, harmNow: 2 },
    });
    const of = (...defects: ReturnType<typeof defect>[]) =>
      trancheMessage({
        ...{
          programName: 'Launch',
          timeZone: 'Europe/Berlin',
          dueAt: new Date('2026-11-23'),
          late: false,
          proposed: [],
        },
        closed: { number: 1, startsAt: new Date('2026-10-26'), review: reviewOf(defects) },
        next: { number: 2, endsAt: null, committed: 0 },
      }).text;
    const after = 'Tranche 2 runs with an empty burn-down list.';
    expect(of(defect('accepted'), defect('accepted', true), defect('claimed'))).toBe(
      `Launch. Four weeks: none of the 3 committed defects is proven fixed. One fix failed. 1 is being proven. 1 had no fix at all. ${after}`,
    );
    expect(of(defect('proven'), defect('proven'), defect('accepted'))).toBe(
      `Launch. Four weeks: 2 of the 3 committed defects are proven fixed; they did 4.0 of the 6.0 points of harm a week. 1 had no fix at all. ${after}`,
    );
    expect(of(defect('proven'))).toBe(`Launch. Four weeks: the one committed defect is proven fixed. ${after}`);
    expect(of()).toBe(`Launch. Four weeks: nothing was committed to. ${after}`);
  });

  it('what a second person is told fits into a message', () => {
    fc.assert(
      fc.property(hostile, hostile, fc.boolean(), (title, words, flag) => {
        const about = { programId: 7, number: 42, title };
        expectFit(confirmMessage({ ...about, ownerId: 'UANA', keepingNote: words, confirmed: flag }), ['<@UANA>']);
      }),
      runs,
    );
  });

  it('the forms of a reminder are forms that Slack takes', () => {
    fc.assert(
      fc.property(hostile, (title) => {
        const ref = { programId: 7, number: 42 };
        expect(validateSurface('modal', snoozeModal({ ref, title, untilOn: '2026-12-01' }))).toEqual([]);
        expect(validateSurface('modal', changeDueModal({ ref, title, dueOn: null }))).toEqual([]);
      }),
      { numRuns: 50 },
    );
  });
});
