import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { validateSurface } from '../../../sandbox/block-kit/validate.ts';
import { exitForm } from '../../../src/blocks/exit/exit-form.ts';
import { officeForm } from '../../../src/blocks/office/office-form.ts';
import { officeMessage, officeQuarterMessage } from '../../../src/blocks/office/office-message.ts';
import { quarterMessage } from '../../../src/blocks/office/quarter-message.ts';
import { FLOW_LINES, type FlowLine } from '../../../src/domain/digest/burndown.ts';
import type { PeriodFacts } from '../../../src/domain/office/period-facts.ts';
import { commandsIn, typed } from '../hostile.ts';

const many = fc.integer({ min: 0, max: 2_000_000_000 });
const numbers = fc.array(fc.integer({ min: 1, max: 999_999_999 }), { maxLength: 200 });
const instant = fc
  .date({ min: new Date('2020-01-01'), max: new Date('2035-01-01'), noInvalidDate: true })
  .map((at) => at.toISOString());
const ritual = fc.record({ held: many, missed: many, lastHeldAt: fc.option(instant, { nil: null }) });
const flows = fc
  .array(many, { minLength: FLOW_LINES.length, maxLength: FLOW_LINES.length })
  .map((counts) => Object.fromEntries(FLOW_LINES.map((line, i) => [line, counts[i]])) as Record<FlowLine, number>);

const facts: fc.Arbitrary<PeriodFacts> = fc.record({
  programName: typed,
  timeZone: fc.constantFrom('Europe/Berlin', 'Pacific/Kiritimati', 'America/St_Johns'),
  after: instant,
  upTo: instant,
  ...{ openThen: many, open: many, claimed: many, flows, gaps: fc.array(typed, { maxLength: 3 }) },
  ...{ reports: many, reportsBefore: fc.option(many, { nil: null }) },
  trend: fc.option(fc.record({ grade: fc.constantFrom('fewer', 'more', 'no change'), sentence: typed }), {
    nil: null,
  }) as fc.Arbitrary<PeriodFacts['trend']>,
  outcomes: fc.record({ proven: numbers, failed: numbers, reduced: numbers, regressed: numbers }),
  fixes: fc.record({ all: many, broken: many, sentence: typed }),
  budgets: fc.array(
    fc.record({ area: typed, left: fc.option(fc.double({ min: -1e6, max: 1, noNaN: true }), { nil: null }) }),
    { maxLength: 30 },
  ),
  rituals: fc.record({ triage: ritual, digest: ritual }),
  weeks: fc.constant([]),
});

const name = fc.record({ name: typed, nameFollowsChannel: fc.boolean(), channelId: fc.constant('C1') });
const page = fc.record({
  rows: fc.array(
    fc.record({
      facts,
      name: fc.option(name, { nil: null }),
      endedAt: fc.option(fc.constant(new Date('2026-09-01T00:00:00Z')), { nil: null }),
      hasSample: fc.boolean(),
    }),
    { maxLength: 60 },
  ),
  lookback: fc.constantFrom(
    { kind: 'month', month: '2026-10' } as const,
    { kind: 'quarter', quarter: '2026-Q3' } as const,
    { kind: 'weeks' } as const,
  ),
  timeZone: fc.constant('Europe/Berlin'),
  now: fc.constant(new Date('2026-11-27T14:00:00Z')),
});

function expectMessage(message: { text: string; blocks: unknown[] }): void {
  expect(validateSurface('message', message)).toEqual([]);
  for (const command of commandsIn(message)) expect(command).toMatch(/^<#C1>$/);
}

describe('what is said of offices, quarters and the end of a program fits Slack, and mentions nobody', () => {
  it('the page of an office, from no program to far too many', () => {
    fc.assert(
      fc.property(page, (one) => expectMessage(officeMessage(one))),
      { numRuns: 60 },
    );
  });

  it('an office as a picture, with its words beside', () => {
    fc.assert(
      fc.property(page, (one) => expectMessage(officeQuarterMessage(one))),
      { numRuns: 40 },
    );
  });

  it('the quarter of a program', () => {
    fc.assert(
      fc.property(facts, fc.boolean(), fc.boolean(), (told, isOver, hasSample) =>
        expectMessage(quarterMessage({ quarter: '2026-Q3', facts: told, isOver, hasSample })),
      ),
    );
  });

  it('the form of an office, with as many of them as there may be', () => {
    const offices = fc.array(fc.record({ id: many, name: typed }), { maxLength: 150 });
    fc.assert(
      fc.property(offices, fc.option(many, { nil: null }), (all, current) => {
        const form = officeForm(current, all, '1');
        expect(validateSurface('modal', form)).toEqual([]);
        expect(commandsIn(form)).toEqual([]);
      }),
    );
  });

  it('the form of the end, whatever was stored', () => {
    const stored = fc.option(many, { nil: null });
    fc.assert(
      fc.property(fc.record({ openUnder: stored, holdPercent: stored, objectiveWeeks: stored }), (criteria) => {
        for (const endedAt of [null, new Date('2026-09-01T00:00:00Z')])
          expect(validateSurface('modal', exitForm(criteria, endedAt, '1'))).toEqual([]);
      }),
    );
  });
});
