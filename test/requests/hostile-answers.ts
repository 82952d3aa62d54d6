import fc from 'fast-check';
import { hostileText as hostile, hostileNumber, hostileNumeral } from '../hostile-text.ts';

/** Slack carries nothing longer. */
export const hostileText = hostile.map((words) => words.slice(0, 3_000));

/** What stands in the state of a form, by the name of its input. */
export type Values = Record<string, unknown>;

/** Ids of a program that exist. */
export type Known = {
  programId: number;
  areaId: number;
  reportIds: number[];
  ruleId: number;
  sourceId: number;
  triageId: number;
  peopleIds: string[];
};

const text = (value: unknown) => ({ a: { type: 'plain_text_input', value } });
const person = (id: unknown) => ({ a: { type: 'users_select', selected_user: id } });
const people = (ids: unknown) => ({ a: { type: 'multi_users_select', selected_users: ids } });
const time = (at: unknown) => ({ a: { type: 'timepicker', selected_time: at } });
const day = (on: unknown) => ({ a: { type: 'datepicker', selected_date: on } });
const moment = (seconds: unknown) => ({ a: { type: 'datetimepicker', selected_date_time: seconds } });
const choice = (value: unknown) => ({ a: { type: 'static_select', selected_option: { value } } });
const several = (...values: unknown[]) => ({
  a: { type: 'checkboxes', selected_options: values.map((value) => ({ value })) },
});

/** Something for every input that there is, in any form, as somebody honest fills it in. */
export function honestAnswers({ areaId, reportIds, peopleIds: [ana, ben] }: Known): Values {
  return {
    ...{ title: text('Webhook times out'), description: text('It hangs'), environment: text('production') },
    ...{ area: choice(String(areaId)), severity: choice('S2'), affected: text('3'), support_tickets: text('1') },
    ...{ seen_at: moment(1_795_000_000), link: text('https://tracker.example/1'), title_typed: text('Webhook') },
    ...{ owner: person(ana), due: day('2026-12-04'), limit: text('0'), metric: text(''), second_person: person(ben) },
    ...{ escape: choice('unknown'), reason: text('It can wait a little'), into: choice('2') },
    ...{ reports: several(String(reportIds[0])), keeping: text('A test'), fix_kind: choice('code') },
    ...{ deployed: moment(1_795_400_000), environments: text('production'), root_cause: text('A race') },
    ...{ approver: person(ben), answer: text('All browsers'), until: day('2026-11-30') },
    ...{ words: text('times out'), past: several('move'), pick_way_to_ask: choice('none'), objective: text('99.5') },
    ...{ period: text('30'), threshold: text(''), labels: text(''), bad_requests: text(''), all_requests: text('') },
    ...{ uptime: text(''), latency: text(''), kind: choice('github'), name: text('alerts'), secret: text('') },
    ...{ mapping: text(''), payload: text('{"title":"Export is empty"}'), triage_day: several('1') },
    ...{ triage_time: time('10:00'), triage_weeks: choice('1'), digest_day: several('5'), digest_time: time('15:00') },
    ...{ digest_weeks: choice('1'), reminder_time: time('09:30'), time_zone: text('Europe/Berlin') },
    ...{ working_days: several('1', '2', '3'), holidays: text('2026-12-25'), leads: people([ana]) },
    ...{ deciders: people([]), strangers: choice('nothing'), facilitators: people([]), half_life: text('28') },
    ...{ agenda_limit: text('9'), charts: choice('pictures') },
  };
}

/** What no client of Slack's sends. */
const wrongType = fc.constantFrom<unknown>(null, undefined, 7, -1, true, {}, [], [null], [[]], { value: {} }, '');
const hostileId = fc.oneof(
  fc.constantFrom('UNOBODY00', 'W', 'U', '@ana', '<@UANA>', 'C0ENG', 'uana00000', 'USLACKBOT', 'UANA00000\u0000'),
  hostileText.map((typed) => typed.slice(0, 300)),
);
const hostileDay = fc.constantFrom(
  '0000-00-00',
  '2026-02-30',
  '9999-12-31',
  '10000-01-01',
  '-0001-01-01',
  '2026-12-04T',
  '１９９９-01-01',
);
const hostileTime = fc.constantFrom('24:00', '9:5', '99:99', '', '10:00:00', '１０:００');
const optionValue = fc.oneof(
  hostileNumeral,
  hostileText,
  fc.constantFrom('0', '-1', '999999999999', '2', 'move', 'S9', '__proto__'),
);

const leaf = fc.oneof({ weight: 3, arbitrary: hostileText }, { weight: 2, arbitrary: hostileNumeral }, wrongType);
const state = fc.oneof(
  { weight: 4, arbitrary: leaf.map(text) },
  { weight: 2, arbitrary: fc.oneof(optionValue, wrongType).map(choice) },
  { weight: 2, arbitrary: fc.array(fc.oneof(optionValue, wrongType), { maxLength: 3 }).map((all) => several(...all)) },
  fc.oneof(hostileId, wrongType).map(person),
  fc.oneof(fc.array(fc.oneof(hostileId, wrongType), { maxLength: 3 }), wrongType).map(people),
  fc.oneof(hostileDay, leaf).map(day),
  fc.oneof(hostileTime, leaf).map(time),
  fc.oneof(hostileNumber, leaf).map(moment),
  wrongType.map((value) => ({ a: value })),
  wrongType,
  fc.constant({}),
);

/** Which answers of a form to spoil, and how. */
export const spoiling: fc.Arbitrary<(values: Values) => Values> = fc
  .record({
    picks: fc.array(fc.tuple(fc.nat(), state, fc.boolean()), { minLength: 1, maxLength: 4 }),
    missing: fc.option(fc.nat(), { freq: 4 }),
    more: fc.option(fc.tuple(hostileId, state), { freq: 4 }),
  })
  .map(({ picks, missing, more }) => (values) => {
    const names = Object.keys(values);
    const at = (index: number) => names[index % names.length] ?? '';
    const spoilt = Object.fromEntries(
      picks.map(([index, other, isSameKind]) => [at(index), isSameKind ? alike(values[at(index)], other) : other]),
    );
    const all = { ...values, ...spoilt, ...(more ? { [more[0]]: more[1] } : {}) };
    if (missing !== null) delete all[at(missing)];
    return all;
  });

/** The same kind of input with what another holds, whatever that is. */
function alike(honest: unknown, hostile: unknown): unknown {
  const inner = (value: unknown) => Object.values((Object.values(value ?? {})[0] as object) ?? {})[1];
  const [type, key] = Object.entries((honest as { a: { type: string } }).a);
  return { a: { type: type?.[1], [key?.[0] ?? '']: inner(hostile) } };
}

/** What buttons and windows carry, as this bot writes it and as it does not. */
export function hostileReference(known: Known): fc.Arbitrary<unknown> {
  return fc.oneof(
    { weight: 6, arbitrary: fc.constantFrom(...honestReferences(known)) },
    {
      weight: 3,
      arbitrary: fc
        .tuple(hostileNumeral, hostileNumeral, fc.constantFrom('.', ':', '|', ''))
        .map(([a, b, sign]) => `${known.programId}${sign}${a}${sign}${b}`),
    },
    {
      weight: 3,
      arbitrary: fc
        .tuple(fc.constantFrom(...METADATA_KEYS), fc.oneof(hostileNumber, leaf, wrongType))
        .map(([key, value]) => JSON.stringify({ ...honestMetadata(known), [key]: value })),
    },
    { weight: 2, arbitrary: hostileText },
    { weight: 2, arbitrary: hostileNumeral },
    {
      weight: 2,
      arbitrary: fc.constantFrom(
        '{',
        '[]',
        'null',
        '""',
        '0',
        '{"ref":{}}',
        '['.repeat(2_000),
        `{"ref":"${'1'.repeat(50)}"}`,
        '99999999999.1',
        '1.99999999999',
        '1.2.99999999999999',
      ),
    },
    wrongType,
  );
}

const METADATA_KEYS = ['programId', 'number', 'offset', 'filter', 'ref', 'kind', 'offered', 'shown'] as const;
const honestMetadata = ({ programId, areaId }: Known) => ({
  programId,
  ref: `${programId}.1`,
  number: 1,
  offset: 0,
  filter: 'top',
  offered: [1],
  kind: 'defer',
  shown: { words: 'times out', areaId },
});

function honestReferences(known: Known): string[] {
  const { programId, areaId, ruleId, sourceId, triageId } = known;
  return [
    ...[
      '1',
      `${programId}`,
      `${programId}.1`,
      `${programId}.2`,
      `${programId}.3.${triageId}`,
      `${programId}.${triageId}`,
    ],
    ...[
      `${programId}:${areaId}`,
      `${programId}:${sourceId}:seed`,
      `${ruleId}:off`,
      `${sourceId}:pause`,
      `accept|${programId}.1`,
    ],
    ...[
      'tickets 1 3',
      'list',
      JSON.stringify(honestMetadata(known)),
      JSON.stringify({ ...honestMetadata(known), kind: 'dismiss' }),
    ],
  ];
}
