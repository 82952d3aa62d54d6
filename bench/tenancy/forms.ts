import { LEAD_VIEWS, SHORTCUTS, VIEWS } from '../../src/blocks/kit/ids.ts';
import {
  channel,
  choice,
  day,
  type Effect,
  moment,
  type Needs,
  people,
  person,
  several,
  text,
  time,
  type Way,
  type Window,
} from './way.ts';
import type { Kind } from './who-may.ts';
import { areaWord, NOW, type Place, ticketOf, titleWord } from './world.ts';

type Sent = Omit<Window, 'callbackId'>;
type Form = [needs: Needs, effect: Effect, sent: (at: Place, kind: Kind) => Sent];
type ViewId = (typeof VIEWS)[keyof typeof VIEWS] | (typeof LEAD_VIEWS)[keyof typeof LEAD_VIEWS];

const ref = ({ programId }: Place, number: number) => `${programId}.${number}`;
const decision = (at: Place, number: number, kind?: string) =>
  JSON.stringify({ ref: ref(at, number), ...(kind ? { kind } : {}) });
const why = { reason: text('It can wait a little') };
const promise = ({ deciderId }: Place) => ({
  owner: person(deciderId),
  due: day('2026-12-11'),
  limit: text('0'),
  metric: text(''),
  second_person: person(null),
  link: text(''),
});

const RITUALS = {
  ...{ triage_day: several(1), triage_time: time('10:00'), triage_weeks: choice(1), agenda_limit: text('9') },
  ...{ digest_day: several(5), digest_time: time('15:00'), digest_weeks: choice(1), charts: choice('pictures') },
  reminder_time: time('09:30'),
};
const CALENDAR = {
  time_zone: text('Europe/Berlin'),
  working_days: several(1, 2, 3, 4, 5),
  holidays: text('2026-12-25'),
};
const settings = (values: Sent['values']): Form => [
  'lead',
  'changes',
  (at) => ({ metadata: `${at.programId}`, values }),
];

/** Every form, as somebody sends it. */
const FORMS: Record<ViewId, Form> = {
  [VIEWS.report]: [
    'report',
    'changes',
    (at) => ({
      metadata: JSON.stringify({ programId: at.programId, offered: [] }),
      values: {
        title: text('Checkout hangs'),
        description: text(''),
        area: choice(at.areaId),
        severity: choice('S2'),
        affected: text('3'),
      },
    }),
  ],
  [VIEWS.repeats]: [
    'nobody',
    'changes',
    (at) => ({ metadata: JSON.stringify({ programId: at.programId, number: at.numbers.fresh }) }),
  ],
  [VIEWS.defectReports]: ['nobody', 'changes', (at) => ({ metadata: ref(at, at.numbers.fresh) })],
  [VIEWS.stillSeeing]: [
    'read',
    'changes',
    (at) => ({
      metadata: ref(at, at.numbers.claimed),
      values: { seen_at: moment(NOW), environment: text('production') },
    }),
  ],
  [VIEWS.defectCard]: ['nobody', 'changes', (at) => ({ metadata: ref(at, at.numbers.fresh) })],
  [VIEWS.accept]: [
    'decide',
    'changes',
    (at) => ({ metadata: decision(at, at.numbers.fresh), values: { ...promise(at), escape: choice('unknown') } }),
  ],
  [VIEWS.recommit]: [
    'decide',
    'changes',
    (at) => ({ metadata: decision(at, at.numbers.accepted), values: promise(at) }),
  ],
  [VIEWS.reason]: ['decide', 'changes', (at) => ({ metadata: decision(at, at.numbers.fresh, 'dismiss'), values: why })],
  [VIEWS.merge]: [
    'decide',
    'changes',
    (at) => ({ metadata: decision(at, at.numbers.fresh), values: { into: choice(at.numbers.accepted) } }),
  ],
  [VIEWS.split]: [
    'decide',
    'changes',
    (at) => ({
      metadata: decision(at, at.numbers.fresh),
      values: { title: text('Another failure'), reports: several(at.reportId) },
    }),
  ],
  [VIEWS.claim]: [
    'decide',
    'changes',
    (at) => ({
      metadata: decision(at, at.numbers.accepted),
      values: {
        keeping: text('A test'),
        fix_kind: choice('code'),
        deployed: moment(new Date(NOW.getTime() - 60_000)),
        environments: text(''),
      },
    }),
  ],
  [VIEWS.answer]: [
    'read',
    'changes',
    (at) => ({ metadata: decision(at, at.numbers.asked), values: { answer: text('All browsers') } }),
  ],
  [VIEWS.decideSeveral]: [
    'decide',
    'changes',
    (at) => ({
      metadata: `${at.programId}.${at.triageId}`,
      values: { [`item_${at.numbers.fresh}`]: choice('dismiss'), ...why },
    }),
  ],
  [VIEWS.newDates]: [
    'decide',
    'changes',
    (at) => ({
      metadata: `${at.programId}.${at.triageId}`,
      values: { [`due_${at.numbers.late}`]: choice('2026-12-11') },
    }),
  ],
  [VIEWS.rule]: [
    'decide',
    'changes',
    (at) => ({
      metadata: JSON.stringify({
        programId: at.programId,
        number: at.numbers.fresh,
        shown: { words: 'times out', areaId: at.areaId },
      }),
      values: { words: text('times out'), area: choice(at.areaId), past: several() },
    }),
  ],
  [VIEWS.assign]: [
    'decide',
    'changes',
    (at) => ({ metadata: ref(at, at.numbers.accepted), values: { owner: person(at.leadId) } }),
  ],
  [VIEWS.relabel]: [
    'decide',
    'changes',
    (at) => ({
      metadata: ref(at, at.numbers.fresh),
      values: { severity: choice('S1'), area: choice(at.areaId), ...why },
    }),
  ],
  [VIEWS.reassign]: [
    'decide',
    'changes',
    (at) => ({ metadata: `${at.programId}:UGONE:1:${at.numbers.fresh}`, values: { owner: person(at.deciderId) } }),
  ],
  [VIEWS.reopen]: ['decide', 'changes', (at) => ({ metadata: ref(at, at.numbers.dismissed), values: why })],
  [VIEWS.snooze]: [
    'decide',
    'changes',
    (at) => ({ metadata: ref(at, at.numbers.accepted), values: { until: day('2026-11-30'), ...why } }),
  ],
  [VIEWS.changeDue]: [
    'decide',
    'changes',
    (at) => ({ metadata: ref(at, at.numbers.accepted), values: { due: day('2026-12-18'), ...why } }),
  ],
  [LEAD_VIEWS.program]: [
    'lead',
    'changes',
    (at) => ({
      metadata: `${at.programId}`,
      values: { channel: channel(at.channelId), name: text(`${titleWord(at.name)} renamed`) },
    }),
  ],
  [LEAD_VIEWS.rituals]: settings(RITUALS),
  [LEAD_VIEWS.calendar]: settings(CALENDAR),
  [LEAD_VIEWS.rank]: settings({ half_life: text('30') }),
  [LEAD_VIEWS.people]: [
    'lead',
    'changes',
    (at) => ({
      metadata: `${at.programId}`,
      values: {
        leads: people([at.leadId]),
        deciders: people([]),
        facilitators: people([at.leadId]),
        strangers: choice('nothing'),
      },
    }),
  ],
  [LEAD_VIEWS.area]: [
    'lead',
    'changes',
    (at) => ({
      metadata: `${at.programId}:${at.areaId}`,
      values: { name: text(`${areaWord(at.name)} payments`), labels: text('payments') },
    }),
  ],
  [LEAD_VIEWS.retireArea]: [
    'lead',
    'changes',
    (at) => ({ metadata: `${at.programId}:${at.areaId}`, values: { into: choice(at.spareAreaId) } }),
  ],
  [VIEWS.signalSource]: [
    'lead',
    'titles',
    (at) => ({ metadata: `${at.programId}:${at.sourceId}`, values: { payload: text('{}') } }),
  ],
  [VIEWS.addSignalSource]: [
    'lead',
    'changes',
    (at) => ({
      metadata: `${at.programId}::seed`,
      values: {
        kind: choice('alertmanager'),
        name: text('More alerts'),
        area: choice(at.areaId),
        severity: choice('S2'),
        mapping: text(''),
        secret: text(''),
      },
    }),
  ],
  [VIEWS.sourceRules]: [
    'lead',
    'changes',
    (at) => ({
      metadata: `${at.programId}:${at.sourceId}`,
      values: {
        labels: text('outage'),
        without: text(''),
        events: text(''),
        environments: choice('all'),
        areas: text(''),
      },
    }),
  ],
  [VIEWS.rotateSignalSecret]: [
    'lead',
    'changes',
    (at) => ({ metadata: `${at.programId}:${at.sourceId}:seed`, values: { secret: text('') } }),
  ],
  [VIEWS.ticket]: [
    'decide',
    'changes',
    (at) => ({ metadata: ref(at, at.numbers.fresh), values: { ticket: text(ticketOf(at)), tracker: choice('') } }),
  ],
  [VIEWS.completeClaim]: [
    'decide',
    'changes',
    (at) => ({
      metadata: ref(at, at.numbers.claimed),
      values: { keeping: text('Another test'), fix_kind: choice('configuration') },
    }),
  ],
  [LEAD_VIEWS.connectTracker]: [
    'lead',
    { shows: 'did not answer' },
    (at) => ({
      metadata: `${at.programId}::seed:github`,
      values: { place: text('acme/other'), token: text('ghp_sixteen_characters') },
    }),
  ],
  [LEAD_VIEWS.tracker]: [
    'lead',
    'changes',
    (at) => ({
      metadata: `${at.programId}:${at.trackerId}`,
      values: {
        ...{ creation: choice('always'), reopening: choice('comment'), reopen_days: text('30') },
        ...{ claiming: choice('by_owner'), agents: text('') },
      },
    }),
  ],
  [LEAD_VIEWS.history]: ['lead', 'changes', (at) => ({ metadata: `${at.programId}:${at.trackerId}`, values: {} })],
  [LEAD_VIEWS.nameAccount]: [
    'lead',
    'changes',
    (at) => ({ metadata: `${at.programId}:${at.accountId}`, values: { person: person(at.deciderId) } }),
  ],
  [LEAD_VIEWS.trackerPeople]: [
    'lead',
    'changes',
    (at) => ({
      metadata: `${at.programId}`,
      values: { [`who:${at.accountId}:`]: person(at.leadId), account: text(''), person: person(null) },
    }),
  ],
  [VIEWS.nameOwnAccount]: [
    'read',
    { shows: 'did not answer' },
    (at, kind) => ({ metadata: `${at.programId}:${at.askedIds[kind]}`, values: { account: text('ana-gh') } }),
  ],
  [VIEWS.areaMetrics]: [
    'lead',
    'changes',
    (at) => ({
      metadata: `${at.programId}:${at.areaId}`,
      values: { objective: text('99.5'), period: text('30'), threshold: text(''), pick_way_to_ask: choice('none') },
    }),
  ],
  [LEAD_VIEWS.defaults]: [
    'lead',
    'changes',
    (at) => ({
      metadata: `${at.programId}`,
      values: {
        [`owners_${at.areaId}`]: people([at.leadId]),
        ...{ due_S1: choice('1d'), due_S2: choice('1w'), due_S3: choice('1m'), due_S4: choice('1q') },
      },
    }),
  ],
  [LEAD_VIEWS.office]: [
    'lead',
    { shows: 'There is no such office for you' },
    (at) => ({ metadata: `${at.programId}`, values: { office: choice('999999'), office_channel: channel('') } }),
  ],
  [LEAD_VIEWS.exit]: [
    'lead',
    'changes',
    (at) => ({
      metadata: `${at.programId}`,
      values: { open_under: text('5'), hold_percent: text('90'), objective_weeks: text('') },
    }),
  ],
  [LEAD_VIEWS.retention]: [
    'lead',
    'changes',
    (at) => ({
      metadata: `${at.programId}`,
      values: { report_words_days: text(''), delivery_days: text('20'), audit_days: text('700') },
    }),
  ],
};

const REASONS = ['accept_risk', 'defer', 'need_info'];

export const FORM_WAYS: Way[] = [
  ...Object.entries(FORMS).map(
    ([callbackId, [needs, effect, sent]]): Way => ({
      name: `form ${callbackId}`,
      needs,
      effect,
      request: (at, kind) => ({ kind: 'form', window: { callbackId, ...sent(at, kind) } }),
    }),
  ),
  ...REASONS.map(
    (kind): Way => ({
      name: `form ${VIEWS.reason}, ${kind}`,
      needs: 'decide',
      effect: 'changes',
      request: (at) => ({
        kind: 'form',
        window: { callbackId: VIEWS.reason, metadata: decision(at, at.numbers.fresh, kind), values: why },
      }),
    }),
  ),
];

/** Slack offers shortcuts to people of the workspace alone. */
export const OTHER_WAYS: Way[] = [
  {
    name: 'shortcut anywhere',
    needs: 'read',
    effect: 'areas',
    isPlaceless: true,
    request: () => ({ kind: 'shortcut', callbackId: SHORTCUTS.fileDefect }),
  },
  {
    name: 'shortcut on a message',
    needs: 'report',
    effect: 'areas',
    request: (at) => ({ kind: 'message shortcut', callbackId: SHORTCUTS.reportMessage, channelId: at.channelId }),
  },
  { name: 'home', needs: 'read', effect: 'titles', isPlaceless: true, request: () => ({ kind: 'home' }) },
];
