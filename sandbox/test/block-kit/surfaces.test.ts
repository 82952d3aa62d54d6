import { describe, expect, it } from 'vitest';
import { validateSurface } from '../../block-kit/validate.ts';
import type { Surface } from '../../block-kit/violation.ts';
import { blockSurfaces, elementSurfaces } from '../../rules/surfaces.ts';
import {
  actions,
  button,
  card,
  container,
  dataTable,
  divider,
  image,
  input,
  type Json,
  mrkdwn,
  pie,
  plain,
  richSection,
  richText,
  section,
  table,
  taskCard,
  text,
  textInput,
  video,
} from './builders.ts';

const surfaces: Surface[] = ['message', 'modal', 'home'];
const everywhere = 'message modal home';
const file = { type: 'file', source: 'remote', external_id: 'x' };

const payload = (surface: Surface, block: Json): unknown => {
  if (surface === 'message') return { text: 'A message', blocks: [block] };
  if (surface === 'home') return { type: 'home', blocks: [block] };
  return { type: 'modal', title: plain(), submit: plain(), blocks: [block] };
};

const blocks: Record<keyof typeof blockSurfaces, [where: string, block: Json]> = {
  actions: [everywhere, actions(button())],
  alert: ['message modal', { type: 'alert', text: mrkdwn(), level: 'info' }],
  card: ['message', card()],
  carousel: ['message', { type: 'carousel', elements: [{ type: 'card', body: mrkdwn() }] }],
  container: ['message', container()],
  context: [everywhere, { type: 'context', elements: [mrkdwn()] }],
  context_actions: [
    'message',
    { type: 'context_actions', elements: [{ type: 'icon_button', icon: 'trash', text: plain('Remove') }] },
  ],
  data_table: ['message', dataTable()],
  data_visualization: ['message', pie()],
  divider: [everywhere, divider()],
  file: ['', file],
  header: [everywhere, { type: 'header', text: plain() }],
  image: [everywhere, image()],
  input: [everywhere, input(textInput())],
  markdown: ['message', { type: 'markdown', text: '**bold**' }],
  plan: ['message', { type: 'plan', title: 'A plan' }],
  rich_text: [everywhere, richText(richSection(text()))],
  section: [everywhere, section()],
  table: ['message', table()],
  task_card: ['message', taskCard()],
  video: [everywhere, video()],
};

const elements: Record<keyof typeof elementSurfaces, [where: string, block: Json]> = {
  datetimepicker: ['message modal', actions({ type: 'datetimepicker' })],
  email_text_input: ['modal', input({ type: 'email_text_input' })],
  file_input: ['modal', input({ type: 'file_input' })],
  number_input: ['modal', input({ type: 'number_input', is_decimal_allowed: true })],
  rich_text_input: ['modal home', input({ type: 'rich_text_input' })],
  url_text_input: ['modal', input({ type: 'url_text_input' })],
  workflow_button: [
    'message',
    actions({
      type: 'workflow_button',
      action_id: 'run',
      text: plain(),
      workflow: { trigger: { url: 'https://slack.com/shortcuts/Ft/x' } },
    }),
  ],
};

function refusals(block: Json): string[] {
  return surfaces.filter((surface) => validateSurface(surface, payload(surface, block)).length > 0);
}

describe('a block stands only on its surfaces', () => {
  it.each(Object.entries(blocks))('Surfaces of %s', (type, [where, block]) => {
    expect(blockSurfaces[type as keyof typeof blockSurfaces].value.join(' ')).toBe(where);
    expect(refusals(block)).toEqual(surfaces.filter((surface) => !where.includes(surface)));
  });
});

describe('an element stands only on its surfaces', () => {
  it.each(Object.entries(elements))('Surfaces of %s', (type, [where, block]) => {
    expect(elementSurfaces[type as keyof typeof elementSurfaces].value.join(' ')).toBe(where);
    expect(refusals(block)).toEqual(surfaces.filter((surface) => !where.includes(surface)));
  });
});

describe('a refusal of a place', () => {
  it('names the type as Slack does', () => {
    expect(validateSurface('home', payload('home', table()))).toEqual([
      expect.objectContaining({ pointer: '/blocks/0/type', message: 'unsupported type: table' }),
    ]);
  });

  it('reaches the blocks inside a container', () => {
    const block = container({ child_blocks: [divider(), file] });
    expect(validateSurface('message', [block])).toMatchObject([{ pointer: '/0/child_blocks/1/type' }]);
  });

  it('reaches the blocks of an attachment', () => {
    expect(validateSurface('message', { attachments: [{ blocks: [file] }] })).toMatchObject([
      { pointer: '/attachments/0/blocks/0/type', message: 'unsupported type: file' },
    ]);
  });
});
