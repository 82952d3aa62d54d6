import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { validateSurface } from '../../../sandbox/block-kit/validate.ts';
import { Mrkdwn, mrkdwn } from '../../../src/blocks/kit/mrkdwn.ts';
import { carriedItem, decidedItem, type TriagedDefect, triageItem } from '../../../src/blocks/triage/triage-item.ts';
import {
  answeredQuestionMessage,
  answerMessage,
  escalationMessage,
  facilitatorMessage,
  questionMessage,
} from '../../../src/blocks/triage/triage-notes.ts';
import { triageParent, triageSummary } from '../../../src/blocks/triage/triage-thread.ts';
import { DECISIONS, SEVERITIES } from '../../../src/domain/vocabulary.ts';
import { commandsIn, typed } from '../hostile.ts';

const count = fc.oneof(fc.nat(40), fc.constant(2_000_000_000));
const moment = fc.integer({ min: 0, max: 4e9 }).map((seconds) => new Date(seconds * 1000));
const person = fc.constantFrom('UANA', 'UBEN');

const defect: fc.Arbitrary<TriagedDefect> = fc.record({
  number: fc.integer({ min: 1, max: 2_000_000_000 }),
  title: typed,
  state: fc.constantFrom('new', 'accepted', 'claimed'),
  severity: fc.constantFrom(...SEVERITIES),
  area: typed,
  reportCount: count,
  reporterCount: count,
  affectedTotal: count,
  daysSinceSeen: fc.integer({ min: -3, max: 4000 }),
  harm: fc.oneof(fc.constant(0), fc.double({ min: 0, max: 1e12, noNaN: true })),
  ownerId: fc.option(person),
  dueOn: fc.option(fc.constantFrom('2026-11-20', '2027-01-31')),
});

const undecided = fc.record({
  ref: fc.constant({ programId: 7, number: 42, triageId: 19 }),
  defect,
  reason: typed,
  streak: fc.nat(60),
  suggestion: fc.constantFrom('accept', 'recommit', 'accept_risk', 'need_info', 'defer'),
} as const);

const counts = fc.record({ open: count, new: count, regressed: count, unowned: count });

const parent = fc.record({
  ref: fc.constant({ programId: 7, triageId: 19 }),
  programName: typed,
  timeZone: fc.constantFrom('Europe/Berlin', 'Pacific/Apia'),
  dueAt: moment,
  late: fc.boolean(),
  closesAt: moment,
  closed: fc.option(fc.record({ at: moment, by: fc.option(person) })),
  facilitatorId: fc.option(person),
  counts,
  items: fc.nat(100),
  decided: fc.constant(0),
  leftOut: fc.nat(5000),
  budgets: fc.option(typed),
});

const ref = { programId: 7, number: 42 };
const question = fc.record({ ref: fc.constant(ref), title: typed, askedBy: person, question: typed });

const messages = {
  'the parent': parent.map(triageParent),
  'an item': undecided.map(triageItem),
  'a decided item': fc
    .record({
      defect,
      decision: fc.constantFrom(...DECISIONS),
      by: person,
      outcome: typed.map((text) => mrkdwn`${text}`),
    })
    .map(decidedItem),
  'a carried item': fc.record({ defect, streak: fc.nat(60) }).map(carriedItem),
  'the summary': fc
    .record({
      decided: fc.array(fc.record({ number: count, decision: fc.constantFrom(...DECISIONS) }), { maxLength: 120 }),
      carriedOver: fc.array(fc.record({ number: count, title: typed, streak: fc.nat(60) }), { maxLength: 120 }),
      leftOut: count,
      escalated: fc.array(count, { maxLength: 120 }),
    })
    .map(triageSummary),
  'the escalation': fc
    .record({
      programName: typed,
      channelId: fc.constant('C0STABILITY'),
      items: fc.array(
        fc.record({
          ref: fc.constant(ref),
          title: typed,
          state: fc.constantFrom('new', 'accepted'),
          streak: fc.nat(60),
        }),
        { minLength: 1, maxLength: 60 },
      ),
    })
    .map((one) => escalationMessage(one as Parameters<typeof escalationMessage>[0])),
  'the facilitator note': fc
    .record({
      programName: typed,
      channelId: fc.constant('C0STABILITY'),
      timeZone: fc.constant('Europe/Berlin'),
      dueAt: moment,
      counts,
    })
    .map(facilitatorMessage),
  'a question': question.map(questionMessage),
  'an answered question': question.map((one) => answeredQuestionMessage({ ...one, answeredBy: 'UBEN' })),
  'an answer': fc.tuple(question, typed).map(([one, answer]) => answerMessage({ ...one, answer, answeredBy: 'UBEN' })),
};

describe.each(Object.entries(messages))('%s of triage', (_, any) => {
  it('fits Slack from empty to far too much', () => {
    const fits = fc.property(any, (message) => {
      expect(validateSurface('message', message)).toEqual([]);
    });
    fc.assert(fits, { numRuns: 150 });
  });

  it('mentions only whom it means, whatever people typed', () => {
    const meant = new Set(['<@UANA>', '<@UBEN>', '<#C0STABILITY>']);
    const mentions = fc.property(any, (message) => {
      expect(commandsIn(message).filter((one) => !meant.has(one))).toEqual([]);
    });
    fc.assert(mentions, { numRuns: 150 });
  });
});

describe('an item', () => {
  const shown = fc.sample(defect, 1)[0] as TriagedDefect;
  const labelsOf = (state: TriagedDefect['state']) => {
    const { blocks } = triageItem({
      ref: { programId: 7, number: 42, triageId: 19 },
      defect: { ...shown, state },
      reason: 'New to triage.',
      streak: 0,
      suggestion: 'accept',
    });
    return [...JSON.stringify(blocks.at(-1)).matchAll(/"text":"([^"]+)"/g)].map(([, label]) => label);
  };

  it.each([
    ['new', ['Accept', 'Defer', 'Accept the risk', 'Need info', 'Merge', 'Split', 'Not a defect']],
    ['accepted', ['Recommit', 'Defer', 'Claim the fix', 'Accept the risk', 'Need info', 'Merge', 'Split']],
    ['claimed', ['Recommit', 'Defer', 'Need info', 'Merge', 'Split']],
  ] as const)('that is %s offers what its state allows', (state, labels) => {
    expect(labelsOf(state)).toEqual(labels);
  });
});

describe('the parent', () => {
  const whole = {
    ref: { programId: 7, triageId: 19 },
    programName: 'Launch stability',
    timeZone: 'Europe/Berlin',
    dueAt: new Date('2026-11-23T09:00:00Z'),
    late: false,
    closesAt: new Date('2026-11-24T09:00:00Z'),
    closed: null,
    facilitatorId: 'UANA',
    counts: { open: 31, new: 6, regressed: 2, unowned: 4 },
    items: 10,
    decided: 4,
    leftOut: 3,
    budgets: null,
  };

  it('begins with the counts and says when the thread closes', () => {
    expect(triageParent(whole)).toMatchInlineSnapshot(`
      {
        "blocks": [
          {
            "text": {
              "text": "*Triage of Launch stability*
      *31 open, 6 new, 2 regressed, 4 unowned*",
              "type": "mrkdwn",
            },
            "type": "section",
          },
          {
            "text": {
              "text": "10 items in this thread, 4 decided. 3 more wait for the next one.",
              "type": "mrkdwn",
            },
            "type": "section",
          },
          {
            "elements": [
              {
                "text": "<@UANA> facilitates. The thread closes by itself Tue 24 Nov, 10:00.",
                "type": "mrkdwn",
              },
            ],
            "type": "context",
          },
          {
            "block_id": "triage",
            "elements": [
              {
                "action_id": "close_triage",
                "confirm": {
                  "confirm": {
                    "text": "Close it",
                    "type": "plain_text",
                  },
                  "deny": {
                    "text": "Keep it open",
                    "type": "plain_text",
                  },
                  "text": {
                    "text": "6 items will be carried over to the next thread.",
                    "type": "plain_text",
                  },
                  "title": {
                    "text": "Close this triage?",
                    "type": "plain_text",
                  },
                },
                "text": {
                  "emoji": false,
                  "text": "Close triage",
                  "type": "plain_text",
                },
                "type": "button",
                "value": "7.19",
              },
            ],
            "type": "actions",
          },
        ],
        "text": "Triage of Launch stability: 31 open, 6 new, 2 regressed, 4 unowned. 10 items in this thread, 4 decided. 3 more wait for the next one.",
      }
    `);
  });

  it('names the error budgets that are in danger, and no others', () => {
    const budgets = 'The error budget of checkout is spent. The other 2 hold.';
    const { text, blocks } = triageParent({ ...whole, budgets });
    expect(text).toContain('4 unowned. The error budget of checkout is spent. The other 2 hold. 10 items');
    expect(JSON.stringify(blocks[1])).toContain(budgets);
    const idle = triageParent({ ...whole, items: 0, budgets });
    expect(JSON.stringify(idle.blocks)).toContain(budgets);
  });

  it('says how it ended once it is closed', () => {
    const closed = triageParent({ ...whole, closed: { at: whole.closesAt, by: 'UBEN' } });
    expect(closed.text).toBe(
      'Triage of Launch stability: 31 open, 6 new, 2 regressed, 4 unowned. 4 of 10 decided (40 %), 6 carried over. 3 more wait for the next one.',
    );
    expect(JSON.stringify(closed.blocks)).toContain('Closed Tue 24 Nov, 10:00 by <@UBEN>.');
    expect(JSON.stringify(closed.blocks)).not.toContain('close_triage');
  });

  it('keeps an outcome that was worded before as it is', () => {
    const outcome = new Mrkdwn('Owner <@UANA>, due 4 Dec.');
    const { blocks } = decidedItem({
      defect: { ...fc.sample(defect, 1)[0], number: 12 } as TriagedDefect,
      decision: 'accept',
      by: 'UBEN',
      outcome,
    });
    expect(JSON.stringify(blocks)).toContain('*Accepted* by <@UBEN>. Owner <@UANA>, due 4 Dec.');
  });
});
