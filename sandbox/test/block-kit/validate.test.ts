import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { validateSurface } from '../../block-kit/validate.ts';
import type { Surface } from '../../block-kit/violation.ts';
import {
  actions,
  bars,
  button,
  card,
  cell,
  container,
  dataTable,
  divider,
  home,
  image,
  input,
  type Json,
  message,
  modal,
  mrkdwn,
  option,
  options,
  pie,
  plain,
  richSection,
  richText,
  section,
  select,
  table,
  taskCard,
  text,
  textInput,
  video,
} from './builders.ts';

const everyBlock: Json[] = [
  section({
    block_id: 'lead',
    text: mrkdwn('*D-1* <https://example.com|open> &amp; more'),
    fields: [plain(), mrkdwn()],
    expand: true,
  }),
  section({
    accessory: button({
      action_id: 'open',
      value: 'D-1',
      style: 'primary',
      confirm: { title: plain(), text: mrkdwn(), confirm: plain(), deny: plain(), style: 'danger' },
    }),
  }),
  section({ accessory: image() }),
  { type: 'header', text: { ...plain('Digest'), emoji: true } },
  divider(),
  { type: 'context', elements: [image(), mrkdwn(), { ...plain(), emoji: false }] },
  actions(
    button({ url: 'https://example.com', accessibility_label: 'Open the defect' }),
    { type: 'overflow', options: options(2) },
    select({ action_id: 'one', initial_option: option('v0') }),
    { type: 'external_select', min_query_length: 0 },
    { type: 'users_select', initial_user: 'U1' },
    { type: 'conversations_select', default_to_current_conversation: true, filter: { include: ['im'] } },
    { type: 'channels_select', initial_channel: 'C1' },
    { type: 'multi_external_select', max_selected_items: 2 },
    { type: 'checkboxes', options: [option('a', { description: mrkdwn() })] },
    { type: 'datepicker', initial_date: '2026-11-23', placeholder: plain() },
    { type: 'timepicker', initial_time: '10:00', timezone: 'Europe/Lisbon' },
    { type: 'datetimepicker', initial_date_time: 1_795_000_000 },
  ),
  {
    type: 'context_actions',
    elements: [
      {
        type: 'feedback_buttons',
        action_id: 'feedback',
        positive_button: { text: plain('Good'), accessibility_label: 'Good answer', value: 'good' },
        negative_button: { text: plain('Bad'), value: 'bad' },
      },
      { type: 'icon_button', icon: 'trash', text: plain('Remove'), value: 'x', visible_to_user_ids: ['U1'] },
    ],
  },
  image({ title: plain('A chart') }),
  richText(
    richSection(
      { type: 'text', text: 'bold', style: { bold: true, italic: false, strike: false, code: false, underline: true } },
      { type: 'user', user_id: 'U1' },
      { type: 'usergroup', usergroup_id: 'S1' },
      { type: 'channel', channel_id: 'C1' },
      { type: 'team', team_id: 'T1' },
      { type: 'broadcast', range: 'here' },
      { type: 'emoji', name: 'wave', unicode: '1f44b' },
      { type: 'link', url: 'https://example.com', text: 'link', unsafe: false },
      { type: 'color', value: '#ff0000' },
      { type: 'date', timestamp: 1_795_000_000, format: '{date_short}', fallback: 'then' },
    ),
    { type: 'rich_text_list', style: 'ordered', indent: 1, border: 1, offset: 2, elements: [richSection(text())] },
    { type: 'rich_text_quote', elements: [text()], border: 0 },
    { type: 'rich_text_preformatted', elements: [text('code')] },
  ),
  { type: 'markdown', text: '# Title\n\n| a | b |\n|---|---|' },
  table({
    rows: [[cell(), { type: 'raw_number', value: 3, text: '3' }, richText(richSection(text()))]],
    column_settings: [{ align: 'left', is_wrapped: true }, null, {}],
  }),
  dataTable({ page_size: 10, row_header_column_index: 0 }),
  pie([
    { label: 'open', value: 3 },
    { label: 'fixed', value: 0.5 },
  ]),
  bars(2, ['Mon', 'Tue'], { x_label: 'Day', y_label: 'Defects' }),
  { type: 'alert', text: plain('Careful'), level: 'warning' },
  card({ hero_image: image(), icon: image(), subtitle: mrkdwn(), body: mrkdwn(), actions: [button()] }),
  { type: 'carousel', elements: [card(), card()] },
  container({
    subtitle: plain(),
    width: 'wide',
    icon: image(),
    is_collapsible: true,
    default_collapsed: false,
    child_blocks: [section(), image()],
  }),
  taskCard({
    details: richText(richSection(text())),
    sources: [{ type: 'url', url: 'https://example.com', text: 'Source' }],
  }),
  { type: 'plan', title: 'A plan', tasks: [taskCard({ status: 'complete' })] },
  video({ title_url: 'https://example.com/watch', author_name: 'Ana', provider_name: 'Example', description: plain() }),
];

const everyInput: Json[] = [
  input(textInput({ action_id: 'title', placeholder: plain(), min_length: 3, max_length: 80, focus_on_load: true }), {
    block_id: 'title',
    hint: plain(),
    dispatch_action: true,
  }),
  input(
    textInput({
      multiline: true,
      initial_value: '',
      dispatch_action_config: { trigger_actions_on: ['on_enter_pressed'] },
    }),
  ),
  input({ type: 'email_text_input', initial_value: 'ana@example.com' }),
  input({ type: 'url_text_input' }),
  input({ type: 'number_input', is_decimal_allowed: true, min_value: '0', max_value: '1', initial_value: '0.5' }),
  input({ type: 'file_input', filetypes: ['png'], max_files: 2 }, { optional: true }),
  input({ type: 'rich_text_input', initial_value: richText(richSection(text())), min_lines: 2, max_lines: 8 }),
  input({ type: 'multi_static_select', options: options(3), initial_options: [option('v1')] }),
  input({ type: 'conversations_select', response_url_enabled: true }),
  input({ type: 'radio_buttons', options: [option('a', { text: mrkdwn() })] }),
];

/** Follows a JSON pointer; a pointer that leads nowhere throws. */
function resolve(payload: unknown, pointer: string): unknown {
  return pointer
    .split('/')
    .slice(1)
    .reduce<unknown>((value, token) => {
      const holder = value as Record<string, unknown>;
      if (!Object.hasOwn(holder, token)) throw new Error(`${pointer} leads nowhere`);
      return holder[token];
    }, payload);
}

/** JSON like any other, which String() and template literals cannot turn into text. */
const wordless = () => ({ toString: 0, valueOf: 0 });

/** JSON with the names of what every object inherits among its keys. */
const anyJson = fc.letrec((tie) => ({
  value: fc.oneof(
    { depthSize: 'small', withCrossShrink: true },
    fc.jsonValue(),
    fc.array(tie('value')),
    fc.dictionary(
      fc.constantFrom('toString', 'valueOf', 'toJSON', 'constructor', 'length', 'type', 'text'),
      tie('value'),
    ),
  ),
})).value;

function everyPlace(value: unknown, pointer = ''): string[] {
  if (typeof value !== 'object' || value === null) return [pointer];
  const inside = Object.entries(value).flatMap(([key, child]) => everyPlace(child, `${pointer}/${key}`));
  return pointer === '' ? inside : [pointer, ...inside];
}

function replaceAt(payload: unknown, pointer: string, replacement: unknown): void {
  const steps = pointer.split('/').slice(1);
  const last = steps.pop() ?? '';
  const holder = steps.reduce<unknown>((value, step) => (value as Record<string, unknown>)[step], payload);
  (holder as Record<string, unknown>)[last] = replacement;
}

const surface = fc.constantFrom<Surface>('message', 'modal', 'home');

describe('validateSurface', () => {
  it('finds nothing wrong with a message of every block', () => {
    expect(validateSurface('message', message(...everyBlock))).toEqual([]);
  });

  it('finds nothing wrong with a modal of every input', () => {
    expect(
      validateSurface(
        'modal',
        modal(everyInput, { close: plain('Cancel'), clear_on_close: true, notify_on_close: false }),
      ),
    ).toEqual([]);
  });

  it('never throws, whatever JSON it is given', () => {
    fc.assert(
      fc.property(surface, anyJson, (where, payload) => {
        expect(Array.isArray(validateSurface(where, payload))).toBe(true);
        expect(Array.isArray(validateSurface(where, { type: where, blocks: [payload], attachments: payload }))).toBe(
          true,
        );
      }),
    );
  });

  it('takes arrays nested a hundred thousand deep without falling over', () => {
    let nested: unknown = 'x';
    for (let depth = 0; depth < 100_000; depth++) nested = [nested];
    expect(validateSurface('message', message({ type: 'section', text: nested }))).toMatchObject([
      { code: 'invalid_type', pointer: '/blocks/0/text' },
    ]);
  });

  it('names what is wrong where an object that cannot be turned into text stands, wherever that is', () => {
    const good = { message: message(...everyBlock), modal: modal(everyInput) };
    for (const where of ['message', 'modal'] as const) {
      for (const pointer of everyPlace(good[where])) {
        const damaged = structuredClone(good[where]);
        replaceAt(damaged, pointer, wordless());
        const found = validateSurface(where, damaged);
        expect(found, pointer).not.toEqual([]);
        for (const violation of found) expect(violation.message).not.toContain('[object');
      }
    }
  });

  it('calls a type that is no string what it is', () => {
    for (const [type, words] of [
      [wordless(), 'an object'],
      [['section'], 'an array'],
      [7, '7'],
    ]) {
      expect(validateSurface('message', message({ type } as Json))).toMatchObject([
        { pointer: '/blocks/0/type', message: `unsupported type: ${words}` },
      ]);
    }
  });

  it('points at something that is there, however a good message is damaged', () => {
    const positions = fc.array(fc.nat(40), { minLength: 1, maxLength: 6 });
    fc.assert(
      fc.property(positions, anyJson, (path, replacement) => {
        const payload = structuredClone(message(...everyBlock)) as Record<string, unknown>;
        let holder: Record<string, unknown> = payload;
        let key = 'blocks';
        for (const step of path) {
          const child = holder[key];
          if (typeof child !== 'object' || child === null || Object.keys(child).length === 0) break;
          holder = child as Record<string, unknown>;
          key = Object.keys(holder)[step % Object.keys(holder).length] as string;
        }
        holder[key] = replacement;
        for (const { pointer } of validateSurface('message', payload)) resolve(payload, pointer);
      }),
      { numRuns: 500 },
    );
  });

  it('finds a property that no block has, wherever it is added', () => {
    for (const [index, block] of everyBlock.entries()) {
      const payload = message(...everyBlock.with(index, { ...block, colour: 'red' }));
      expect(validateSurface('message', payload)).toEqual([
        expect.objectContaining({ pointer: `/blocks/${index}`, message: 'invalid additional property: colour' }),
      ]);
    }
  });

  it('reads the same payload the same way twice', () => {
    const payload = home(section({ block_id: 'a' }), section({ block_id: 'a' }), table());
    expect(validateSurface('home', payload)).toEqual(validateSurface('home', payload));
    expect(validateSurface('home', payload)).toHaveLength(2);
  });
});
