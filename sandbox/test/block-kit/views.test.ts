import { describe, expect, it } from 'vitest';
import { validateSurface } from '../../block-kit/validate.ts';
import { viewRules } from '../../rules/views.ts';
import { type Boundary, expectBoundary } from './boundary.ts';
import { actions, chars, divider, home, input, modal, plain, section, select, textInput } from './builders.ts';

const lengths = {
  viewTitle: { limit: 24, payload: (n) => modal([divider()], { title: plain(chars(n)) }), pointer: '/title/text' },
  viewSubmit: { limit: 24, payload: (n) => modal([divider()], { submit: plain(chars(n)) }), pointer: '/submit/text' },
  viewClose: { limit: 24, payload: (n) => modal([divider()], { close: plain(chars(n)) }), pointer: '/close/text' },
  privateMetadata: {
    limit: 3000,
    payload: (n) => modal([divider()], { private_metadata: chars(n) }),
    pointer: '/private_metadata',
  },
  callbackId: { limit: 255, payload: (n) => modal([divider()], { callback_id: chars(n) }), pointer: '/callback_id' },
  externalId: { limit: 255, payload: (n) => modal([divider()], { external_id: chars(n) }), pointer: '/external_id' },
} satisfies Partial<Record<keyof typeof viewRules, Omit<Boundary, 'type'>>>;

describe('a modal', () => {
  it.each(Object.entries(lengths))('%s is taken at its limit and refused beyond', (name, boundary) => {
    const { value } = viewRules[name as keyof typeof lengths];
    expectBoundary(value, { ...boundary, surface: 'modal', type: 'max_length' }, 1);
  });

  it('submitWithInput: asks for a submit once it has an input block', () => {
    expect(validateSurface('modal', modal([section()], { submit: undefined }))).toEqual([]);
    expect(validateSurface('modal', modal([input(textInput())], { submit: undefined }))).toEqual([
      { code: 'missing_field', message: 'missing required field: submit', pointer: '', field: 'submit' },
    ]);
  });

  it('focusOnLoad: focuses one element', () => {
    const focused = () => input(textInput({ focus_on_load: true }));
    expect(viewRules.focusOnLoad.value).toBe(1);
    expect(validateSurface('modal', modal([focused(), input(textInput({ focus_on_load: false }))]))).toEqual([]);
    expect(validateSurface('modal', modal([focused(), actions(select({ focus_on_load: true })), focused()]))).toEqual([
      expect.objectContaining({
        pointer: '/blocks/1/elements/0/focus_on_load',
        constraint: { type: 'max_items', expected: 1, got: 3 },
      }),
      expect.objectContaining({ pointer: '/blocks/2/element/focus_on_load' }),
    ]);
  });

  it('asks for a title and blocks', () => {
    expect(validateSurface('modal', { type: 'modal' })).toMatchObject([
      { code: 'missing_field', field: 'blocks', pointer: '' },
      { code: 'missing_field', field: 'title', pointer: '' },
    ]);
  });

  it('has plain titles only', () => {
    expect(validateSurface('modal', modal([], { title: { type: 'mrkdwn', text: '*x*' } }))).toMatchObject([
      { pointer: '/title/type', message: 'unsupported type: mrkdwn', constraint: { expected: ['plain_text'] } },
    ]);
  });

  it('refuses what Slack adds to views that it sends back', () => {
    expect(validateSurface('modal', modal([], { id: 'V1', state: { values: {} } }))).toMatchObject([
      { pointer: '', message: 'invalid additional property: id' },
      { pointer: '', message: 'invalid additional property: state' },
    ]);
  });
});

describe('viewType', () => {
  it('is modal for a modal and home for the Home tab', () => {
    expect(viewRules.viewType.value).toEqual(['modal', 'home']);
    expect(validateSurface('home', home(divider()))).toEqual([]);
    expect(validateSurface('modal', home(divider()))).toMatchObject([
      { pointer: '/type', message: 'unsupported type: home' },
    ]);
    expect(validateSurface('home', modal([divider()]))).toMatchObject([
      { pointer: '/type', message: 'unsupported type: modal' },
    ]);
    expect(validateSurface('modal', { blocks: [], title: plain() })).toMatchObject([{ field: 'type', pointer: '' }]);
  });

  it.each([null, [], 'view', 7])('is asked of an object, not of %j', (view) => {
    expect(validateSurface('modal', view)).toEqual([
      { code: 'invalid_type', message: 'must provide an object', pointer: '' },
    ]);
  });
});

describe('a Home tab', () => {
  it('has no title', () => {
    expect(validateSurface('home', { ...home(divider()), title: plain() })).toMatchObject([
      { pointer: '', message: 'invalid additional property: title' },
    ]);
  });

  it('takes inputs without a submit', () => {
    expect(validateSurface('home', home(input(textInput())))).toEqual([]);
  });
});
