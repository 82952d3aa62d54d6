/** What the test's own app, a small maintenance desk, says. It shows every kind of block once. */

const plain = (text: string) => ({ type: 'plain_text' as const, text });
const mrkdwn = (text: string) => ({ type: 'mrkdwn' as const, text });
const option = (text: string, value: string) => ({ text: plain(text), value });

export const reportModal = (title: string) => ({
  type: 'modal' as const,
  callback_id: 'report',
  notify_on_close: true,
  title: plain('Report a fault'),
  submit: plain('Report'),
  close: plain('Cancel'),
  blocks: [
    input('title', 'What failed?', {
      type: 'plain_text_input',
      action_id: 'title',
      initial_value: title,
      max_length: 80,
    }),
    input(
      'story',
      'What happened?',
      { type: 'plain_text_input', action_id: 'story', multiline: true, placeholder: plain('One or two sentences') },
      { optional: true, hint: plain('Leave out names of customers.') },
    ),
    input('area', 'Area', {
      type: 'static_select',
      action_id: 'area',
      placeholder: plain('Choose an area'),
      options: [option('Pumps', 'pumps'), option('Cranes', 'cranes'), option('Gates', 'gates')],
    }),
    input('severity', 'Severity', {
      type: 'radio_buttons',
      action_id: 'severity',
      initial_option: option('S2', 's2'),
      options: [option('S1', 's1'), option('S2', 's2'), option('S3', 's3')],
    }),
    input(
      'berths',
      'Berths affected',
      { type: 'number_input', action_id: 'berths', is_decimal_allowed: false },
      { optional: true },
    ),
    input(
      'part',
      'Spare part',
      { type: 'external_select', action_id: 'part', min_query_length: 2 },
      { optional: true },
    ),
    input('owner', 'Owner', { type: 'users_select', action_id: 'owner' }, { optional: true }),
    input('watchers', 'Who should know?', { type: 'multi_users_select', action_id: 'watchers' }, { optional: true }),
    input('seen', 'Seen on', { type: 'datepicker', action_id: 'seen', initial_date: '2026-11-20' }),
    input(
      'tags',
      'Tags',
      {
        type: 'checkboxes',
        action_id: 'tags',
        options: [option('Needs a diver', 'diver'), option('Safety', 'safety')],
      },
      { optional: true },
    ),
    { type: 'divider' },
    { type: 'context', elements: [mrkdwn('Goes to *#eng-stability*. The crew answers within the hour.')] },
  ],
});

function input(blockId: string, label: string, element: Record<string, unknown>, rest: Record<string, unknown> = {}) {
  return { type: 'input', block_id: blockId, label: plain(label), element, ...rest };
}

export const faultMessage = (title: string, area: string, reporter: string) => [
  { type: 'section', text: mrkdwn(`*${title}*\n${area}, reported by <@${reporter}>`) },
  {
    type: 'section',
    fields: [
      mrkdwn('*Heat*\n41.2 points a week'),
      mrkdwn('*Seen*\n7 times since 2 Nov'),
      mrkdwn('*Owner*\nnobody yet'),
      mrkdwn('*Due*\n—'),
    ],
  },
  {
    type: 'actions',
    block_id: 'decide',
    elements: [
      { type: 'button', action_id: 'accept', style: 'primary', text: plain('Accept'), value: 'f1' },
      {
        type: 'button',
        action_id: 'dismiss',
        style: 'danger',
        text: plain('Dismiss'),
        value: 'f1',
        confirm: {
          title: plain('Dismiss this fault?'),
          text: mrkdwn('It leaves the list, and *nobody* is reminded of it.'),
          confirm: plain('Dismiss'),
          deny: plain('Keep'),
          style: 'danger',
        },
      },
      {
        type: 'static_select',
        action_id: 'postpone',
        placeholder: plain('Postpone to…'),
        options: [option('Tomorrow', '1'), option('Next week', '7')],
      },
      { type: 'overflow', action_id: 'more', options: [option('Copy link', 'link'), option('Merge', 'merge')] },
    ],
  },
  {
    type: 'context',
    elements: [mrkdwn('F-1 · <!date^1763888400^{date_short_pretty} at {time}|some time ago> · `pump-house/3`')],
  },
];

export const acceptedMessage = (title: string, by: string) => [
  { type: 'section', text: mrkdwn(`*${title}*\n~open~ Accepted by <@${by}>, due *Friday 4 December*`) },
  { type: 'context', elements: [mrkdwn('F-1 · accepted')] },
];

export const reportMessage = [
  { type: 'header', text: plain('Harbour works, week 47') },
  {
    type: 'section',
    text: mrkdwn(
      '*Quality is getting better.* Faults arrive at 0.7 times the rate of October, and the interval stays under 1.',
    ),
  },
  {
    type: 'table',
    column_settings: [{}, { align: 'right' }, { align: 'right' }],
    rows: [
      [cell(''), cell('This week'), cell('Last week')],
      [cell('Open then'), number(34), number(36)],
      [cell('New'), number(5), number(8)],
      [cell('Failed fixes'), number(1), number(2)],
      [cell('Proven'), number(9), number(12)],
      [cell('Open now'), number(31), number(34)],
    ],
  },
  {
    type: 'data_visualization',
    title: 'Open, claimed and proven faults',
    chart: {
      type: 'line',
      series: [
        series('Open', [44, 43, 41, 42, 39, 38, 36, 34, 31]),
        series('Claimed', [3, 5, 6, 6, 7, 8, 8, 9, 8]),
        series('Proven', [0, 2, 5, 7, 11, 14, 19, 24, 33]),
      ],
      axis_config: { categories: weeks(), y_label: 'Faults' },
    },
  },
  {
    type: 'rich_text',
    elements: [
      { type: 'rich_text_section', elements: [{ type: 'text', text: 'Who moved the list', style: { bold: true } }] },
      {
        type: 'rich_text_list',
        style: 'bullet',
        elements: [
          {
            type: 'rich_text_section',
            elements: [
              { type: 'text', text: 'Gate 2 sticks at low tide: ' },
              { type: 'text', text: 'proven', style: { italic: true } },
            ],
          },
          {
            type: 'rich_text_section',
            elements: [{ type: 'text', text: 'Pump 3 loses prime: fix failed after 6 days' }],
          },
        ],
      },
      { type: 'rich_text_quote', elements: [{ type: 'text', text: 'A fix is only claimed until the data prove it.' }] },
    ],
  },
];

function cell(text: string) {
  return { type: 'raw_text' as const, text: text || ' ' };
}

function number(value: number) {
  return { type: 'raw_number' as const, value, text: String(value) };
}

function weeks(): string[] {
  return Array.from({ length: 9 }, (_none, index) => `w${39 + index}`);
}

function series(name: string, values: number[]) {
  return { name, data: values.map((value, index) => ({ label: weeks()[index] ?? '', value })) };
}

export const homeBlocks = (done: number) => [
  { type: 'header', text: plain('Your board') },
  {
    type: 'section',
    text: mrkdwn(`You own *2* faults and have closed *${done}*.`),
    accessory: { type: 'button', action_id: 'refresh', text: plain('Refresh') },
  },
  { type: 'divider' },
  { type: 'section', text: mrkdwn('*F-7 Crane 4 drifts under load*\nproving 9/21 d, 74 % sure') },
  { type: 'section', text: mrkdwn('*F-9 Gate sensor reports twice*\ndue Friday') },
  { type: 'context', elements: [mrkdwn('Next triage: Monday 10:00')] },
];
