import { describe, expect, it } from 'vitest';
import { validateSurface } from '../../block-kit/validate.ts';
import { messageRules } from '../../rules/messages.ts';
import { expectBoundary } from './boundary.ts';
import { actions, button, chars, container, divider, message, plain, section, times } from './builders.ts';

describe('a message', () => {
  it('attachments: holds a hundred, not more', () => {
    const payload = (n: number) => ({ attachments: times(n, () => ({ text: 'x', color: 'good' })) });
    expectBoundary(
      messageRules.attachments.value,
      { limit: 100, payload, pointer: '/attachments', type: 'max_items' },
      1,
    );
  });

  it('messageBlocksText: its blocks hold 13,000 characters together, not more', () => {
    const payload = (n: number) =>
      message(...times(5, () => section({ text: plain(chars(2500)) })), section({ text: plain(chars(n - 12500)) }));
    expectBoundary(
      messageRules.messageBlocksText.value,
      { limit: 13000, payload, pointer: '/blocks', type: 'max_blocks_text' },
      1,
    );
  });

  it('messageBlocksText: text inside containers, fields and buttons counts once', () => {
    const nested = (n: number) =>
      message(
        container({ title: plain(chars(100)), child_blocks: times(4, () => section({ text: plain(chars(3000)) })) }),
        { type: 'section', fields: [plain(chars(n))] },
        actions(button({ text: plain(chars(50)) })),
      );
    expect(validateSurface('message', nested(850))).toEqual([]);
    expect(validateSurface('message', nested(851))).toMatchObject([{ constraint: { got: 13001 } }]);
  });

  it('has text that is a string', () => {
    expect(validateSurface('message', { text: 7 })).toMatchObject([{ code: 'invalid_type', pointer: '/text' }]);
  });

  it('may be blocks alone, whose pointers then start at the array', () => {
    expect(validateSurface('message', [divider(), { type: 'header' }])).toMatchObject([
      { code: 'missing_field', field: 'text', pointer: '/1' },
    ]);
  });

  it('may have no blocks at all', () => {
    expect(validateSurface('message', { text: 'Hello' })).toEqual([]);
    expect(validateSurface('message', [])).toEqual([]);
  });

  it.each([null, 'hello', 3])('is an object or an array, not %j', (payload) => {
    expect(validateSurface('message', payload)).toMatchObject([{ code: 'invalid_type', pointer: '' }]);
  });

  it('has attachments that are objects in an array', () => {
    expect(validateSurface('message', { attachments: {} })).toMatchObject([{ pointer: '/attachments' }]);
    expect(validateSurface('message', { attachments: ['x'] })).toMatchObject([{ pointer: '/attachments/0' }]);
  });

  it('reports everything that is wrong at once', () => {
    const payload = message(
      { type: 'header', text: plain(chars(151)) },
      { type: 'sektion' },
      section({ block_id: '' }),
      divider(),
    );
    expect(validateSurface('message', payload).map(({ pointer }) => pointer)).toEqual([
      '/blocks/0/text/text',
      '/blocks/1/type',
    ]);
  });
});
