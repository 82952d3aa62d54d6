import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { validateSurface } from '../../sandbox/block-kit/validate.ts';
import { assignModal, relabelModal, reopenModal } from '../../src/blocks/defects/card-modals.ts';
import { type DefectDetail, defectCard, defectModal } from '../../src/blocks/defects/defect-card.ts';
import { rankList } from '../../src/blocks/defects/rank-list.ts';
import { whyMessage } from '../../src/blocks/defects/why-message.ts';
import { ruleModal, rulesModal } from '../../src/blocks/grouping/rule-modals.ts';
import { searchMessage } from '../../src/blocks/grouping/search-message.ts';
import { mrkdwn } from '../../src/blocks/kit/mrkdwn.ts';
import { greetingMessage } from '../../src/blocks/programs/greeting.ts';
import { didYouMean, helpMessage, note, refusalNote } from '../../src/blocks/programs/help-message.ts';
import { type Board, boardMessage, homeView } from '../../src/blocks/programs/home-view.ts';
import { filedModal, reportModal } from '../../src/blocks/reports/report-modal.ts';
import { MISSING_WHYS } from '../../src/domain/fixes/told-release.ts';
import { TICKET_STATUSES } from '../../src/domain/trackers/ticket-status.ts';
import { DEFECT_STATES, RITUALS, SEVERITIES } from '../../src/domain/vocabulary.ts';
import { commandsIn, typed } from './hostile.ts';
import { reliability } from './reliability/hostile-reliability.ts';

const many = fc.integer({ min: 0, max: 2_000_000_000 });
const number = fc.integer({ min: 1, max: 999_999_999 });
const harm = fc.double({ min: 0, max: 1e9, noNaN: true });
const quietHalvings = fc.constantFrom(0, 0.5, 510);
const day = fc
  .date({ min: new Date('2020-01-01'), max: new Date('2035-01-01'), noInvalidDate: true })
  .map((at) => at.toISOString().slice(0, 10));
const person = fc.option(fc.constantFrom('U012AB3CD', 'W9XYZ'), { nil: null });

const defectFacts = {
  programId: number,
  number,
  title: typed,
  area: typed,
  severity: fc.constantFrom(...SEVERITIES),
  state: fc.constantFrom(...DEFECT_STATES),
  ownerId: person,
  dueOn: fc.option(day, { nil: null }),
  reportCount: many,
  reporterCount: many,
  affectedTotal: many,
  ticketTotal: many,
  harmPerWeek: harm,
  quietHalvings,
  daysSinceSeen: many,
  recurring: fc.boolean(),
  failedFixes: many,
  regressed: fc.boolean(),
  overdue: fc.boolean(),
  mergedInto: fc.option(number, { nil: null }),
};
const defect = fc.record(defectFacts);
const defects = fc.array(defect, { maxLength: 12 });
const link = fc.option(fc.oneof(typed, fc.webUrl()), { nil: null });
const release = fc.option(fc.record({ version: typed, link }), { nil: null });
const detail: fc.Arbitrary<DefectDetail> = fc.record({
  ...defectFacts,
  todayOn: day,
  firstSeenOn: day,
  place: fc.option(number, { nil: null }),
  proving: fc.option(typed, { nil: null }),
  trend: fc.option(typed, { nil: null }),
  ticketsLately: fc.option(fc.record({ now: many, before: many }), { nil: null }),
  criteria: fc.array(
    typed.map((text) => mrkdwn`${text}`),
    { maxLength: 20 },
  ),
  keepingNote: fc.option(typed, { nil: null }),
  budgetShare: fc.option(typed, { nil: null }),
  pulls: fc.array(
    fc.record({
      key: typed,
      url: fc.webUrl(),
      title: typed,
      author: typed,
      mergedOn: day,
      shipped: fc.option(fc.record({ in: typed, url: link, on: day }), {
        nil: null,
      }),
      missing: fc.option(
        fc.record({
          release: typed,
          why: fc.constantFrom(...MISSING_WHYS),
          environments: fc.array(typed, { maxLength: 20 }),
        }),
        { nil: null },
      ),
    }),
    { maxLength: 6 },
  ),
  tickets: fc.array(
    fc.record({
      key: fc.option(typed, { nil: null }),
      url: link,
      place: typed,
      status: fc.option(fc.constantFrom(...TICKET_STATUSES), { nil: null }),
      trouble: fc.option(typed, { nil: null }),
      stranger: fc.option(typed, { nil: null }),
    }),
    { maxLength: 8 },
  ),
  hasTrackers: fc.boolean(),
  releases: fc.record({
    firstSeen: release,
    fixed: release,
    fix: fc.constantFrom('claimed', 'proven', 'failed', 'regressed', null),
    cameBack: release,
  }),
  history: fc.array(
    fc.record({
      on: day,
      actorId: person,
      kind: fc.constantFrom('accepted', 'proven', 'failed', 'regressed'),
      what: typed,
    }),
    { maxLength: 20 },
  ),
  latest: fc.array(
    fc.record({
      seenOn: day,
      reporterId: typed,
      isByPerson: fc.boolean(),
      title: typed,
      description: typed,
      severity: fc.constantFrom(...SEVERITIES),
      affected: many,
      supportTickets: many,
      occurrences: many,
      environment: fc.option(typed),
      vendor: fc.option(typed),
      link,
      facts: fc.array(fc.record({ label: typed, value: typed }), { maxLength: 4 }),
      verdict: fc.option(fc.constantFrom('counts', 'before_fix', 'vendor', 'elsewhere')),
    }),
    { maxLength: 6 },
  ),
});
const repeats = fc.array(
  fc.record({ number, title: typed, reportCount: many, daysAgo: many, words: fc.array(typed, { maxLength: 4 }) }),
  { maxLength: 5 },
);

const MENTION_OF_A_PERSON = /^<@[UW][A-Z0-9]+>$/;

/** Nothing that somebody typed may become a command to Slack: only people we name and links we make. */
function expectNoSmuggledCommands(payload: unknown): void {
  for (const command of commandsIn(payload)) {
    expect(
      MENTION_OF_A_PERSON.test(command) || /^<https?:\/\/[^<>|]+\|[^<>|]*>$/.test(command) || command === '<#C1>',
      command,
    ).toBe(true);
  }
}

function expectMessage(message: { text: string; blocks: unknown[] }): void {
  expect(message.text.length).toBeGreaterThan(0);
  expect(validateSurface('message', message)).toEqual([]);
  expectNoSmuggledCommands(message);
}

describe('every answer fits Slack and mentions nobody by accident, from nothing to far too much', () => {
  it('the card of a defect, as a message and in a window', () => {
    fc.assert(
      fc.property(detail, (facts) => {
        const card = defectCard(facts);
        expectMessage(card);
        expect(validateSurface('modal', defectModal(facts.number, card))).toEqual([]);
      }),
    );
  });

  it('a page of the rank', () => {
    fc.assert(
      fc.property(typed, defects, many, many, day, (heading, list, total, offset, todayOn) => {
        const page = {
          heading,
          nothing: 'No defect is open.',
          total,
          offset,
          defects: list.slice(0, 10),
          todayOn,
          hasSample: total % 2 === 0,
        };
        expectMessage(
          rankList({ ...page, pageValue: (next) => JSON.stringify({ filter: { areaNamed: heading }, next }) }),
        );
      }),
    );
  });

  it('says of more defects than are counted only that there are more', () => {
    const page = { heading: 'Open defects', nothing: '', offset: 0, todayOn: '2026-11-27', hasSample: false };
    const text = (total: number) =>
      JSON.stringify(
        rankList({
          ...page,
          total,
          defects:
            fc
              .sample(defects, 50)
              .find((list) => list.length > 0)
              ?.slice(0, 1) ?? [],
          pageValue: String,
        }).blocks,
      );
    expect(text(1_000)).toContain('Open defects, 1 to 1 of 1000');
    expect(text(1_001)).toContain('Open defects, 1 to 1 of more than 1,000');
  });

  it('why a defect ranks where it does', () => {
    const share = fc.record({
      on: day,
      reports: number,
      severity: fc.constantFrom(...SEVERITIES),
      affected: many,
      supportTickets: many,
      weight: harm,
      daysOld: harm,
      harm,
    });
    const why = fc.record({
      number,
      title: typed,
      place: fc.option(number, { nil: null }),
      total: harm,
      halfLifeDays: fc.integer({ min: 1, max: 365 }),
      todayOn: day,
      shares: fc.array(share, { maxLength: 12 }),
      rest: fc.record({ reports: many, harm }),
      silence: fc.option(
        fc.record({
          ...{ days: harm, pauses: many, longer: many, quietHalvings },
          ahead: fc.option(fc.record({ number: many, harm })),
        }),
      ),
      budgetShare: fc.option(typed, { nil: null }),
    });
    fc.assert(fc.property(why, (facts) => expectMessage(whyMessage(facts))));
  });

  it('search results, notes, refusals and "did you mean"', () => {
    fc.assert(
      fc.property(typed, typed, repeats, (one, other, found) => {
        expectMessage(searchMessage(one, found));
        expectMessage(note(`Said: ${one}`));
        expectMessage(refusalNote(`Refused: ${one}`));
        expectMessage(didYouMean(one || 'lst', other || 'list'));
      }),
    );
    expectMessage(helpMessage());
    expectMessage(greetingMessage({ triage: 'Mondays at 10:00', digest: 'Fridays at 15:00' }));
  });

  it('App Home and the board', () => {
    const board: fc.Arbitrary<Board> = fc.record({
      programId: number,
      program: fc.record({ name: typed, nameFollowsChannel: fc.boolean(), channelId: fc.constant('C1') }),
      todayOn: day,
      timeZone: fc.constantFrom('Europe/Berlin', 'Asia/Kathmandu', 'UTC'),
      open: many,
      proving: many,
      unowned: many,
      overdue: many,
      waiting: defects,
      owned: defects,
      ownProving: defects,
      top: defects,
      reliability: reliability.map((report) => report ?? null),
      next: fc.array(
        fc.record({
          ritual: fc.constantFrom(...RITUALS),
          at: fc.date({ min: new Date('2020-01-01'), max: new Date('2035-01-01'), noInvalidDate: true }),
        }),
        { maxLength: 2 },
      ),
      mayChangeSettings: fc.boolean(),
      hasSample: fc.boolean(),
    });
    fc.assert(
      fc.property(board, (facts) => {
        const view = homeView(facts);
        expect(validateSurface('home', view)).toEqual([]);
        expectNoSmuggledCommands(view);
        expectMessage(boardMessage(facts));
      }),
    );
  });

  it('the report form and what it turns into', () => {
    const areas = fc.array(fc.record({ id: number, name: typed }), { minLength: 1, maxLength: 120 });
    const prefill = fc.record({ title: typed, description: typed, link: fc.oneof(fc.constant(''), fc.webUrl()) });
    fc.assert(
      fc.property(areas, prefill, repeats, many, fc.boolean(), (all, values, offered, reportCount, joined) => {
        const unique = [...new Map(all.map((area) => [area.id, area])).values()];
        const form = reportModal({ areas: unique, prefill: values, repeats: uniqueNumbers(offered), metadata: '{}' });
        expect(validateSurface('modal', form)).toEqual([]);
        expectNoSmuggledCommands(form);
        const whatNow = mrkdwn`${values.title}`;
        const filed = {
          number: 1,
          whatNow,
          title: values.title,
          area: values.description,
          joined,
          reportCount,
          metadata: '{}',
        };
        const done = filedModal({ ...filed, repeats: uniqueNumbers(offered) });
        expect(validateSurface('modal', done)).toEqual([]);
        expectNoSmuggledCommands(done);
      }),
    );
  });

  it('the forms of a card and of the settings', () => {
    fc.assert(
      fc.property(typed, number, person, fc.constantFrom(...SEVERITIES), (title, id, ownerId, severity) => {
        const asked = { ref: { programId: id, number: id }, title };
        const areas = [{ id: 1, name: title || 'billing' }];
        for (const view of [
          assignModal({ ...asked, ownerId }),
          reopenModal(asked),
          relabelModal({ ...asked, severity, areaId: 1, areas }),
          ruleModal({ ...asked, words: title, areaId: null, areas, preview: null, metadata: '{}' }),
          ruleModal({
            ...asked,
            words: title,
            areaId: 1,
            areas,
            preview: { words: mrkdwn`${title}`, moving: 7 },
            metadata: '{}',
          }),
          rulesModal(
            Array.from({ length: 40 }, (_, nth) => ({
              id: nth + 1,
              words: title,
              area: title,
              target: { number: id, title },
              savedBy: ownerId ?? title,
              savedOn: '2026-11-19',
              stopped: nth % 2 === 0 ? null : { by: 'U012AB3CD', on: '2026-11-20' },
              joined: nth,
              moved: nth,
            })),
            '2026-11-23',
            '1',
            mrkdwn`${title}`,
          ),
        ]) {
          expect(validateSurface('modal', view)).toEqual([]);
          expectNoSmuggledCommands(view);
        }
      }),
    );
  });
});

function uniqueNumbers<T extends { number: number }>(offered: readonly T[]): T[] {
  return [...new Map(offered.map((one) => [one.number, one])).values()];
}
