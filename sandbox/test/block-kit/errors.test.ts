import { describe, expect, it } from 'vitest';
import { wordMessageViolations, wordValidateViolations, wordViewViolations } from '../../block-kit/errors.ts';
import { validateSurface } from '../../block-kit/validate.ts';
import { chars, divider, image, message, modal, mrkdwn, section, times } from './builders.ts';

const answerTo = (payload: unknown) => wordMessageViolations(validateSurface('message', payload));

describe('messageErrorWords: chat.* says of a message', () => {
  it('what is too long, after the text object that fits no schema', () => {
    const errors = [
      'failed to match all allowed schemas [json-pointer:/blocks/0/text]',
      'must be less than 3001 characters [json-pointer:/blocks/0/text/text]',
    ];
    expect(answerTo(message(section({ text: mrkdwn(chars(3001)) })))).toEqual({
      ok: false,
      error: 'invalid_blocks',
      errors,
      response_metadata: { messages: errors.map((error) => `[ERROR] ${error}`) },
    });
  });

  it('that there are too many blocks', () => {
    expect(answerTo(message(...times(51, divider)))).toMatchObject({
      error: 'invalid_blocks',
      errors: ['no more than 50 items allowed [json-pointer:/blocks]'],
    });
  });

  it('too_many_attachments', () => {
    expect(answerTo({ attachments: times(101, () => ({ text: 'x' })) })).toEqual({
      ok: false,
      error: 'too_many_attachments',
    });
  });

  it('msg_blocks_too_long when nothing but the sum is wrong', () => {
    const long = times(5, () => section({ text: mrkdwn(chars(2601)) }));
    expect(answerTo(message(...long))).toEqual({ ok: false, error: 'msg_blocks_too_long' });
    expect(answerTo(message(...long, { type: 'sektion' }))).toMatchObject({ error: 'invalid_blocks' });
  });

  it('invalid_blocks_format when the blocks are not an array', () => {
    expect(answerTo({ text: 'x', blocks: { type: 'divider' } })).toEqual({ ok: false, error: 'invalid_blocks_format' });
  });

  it('invalid_attachments when the attachments are not objects in an array', () => {
    expect(answerTo({ attachments: 'x' })).toEqual({ ok: false, error: 'invalid_attachments' });
    expect(answerTo({ attachments: [null] })).toEqual({ ok: false, error: 'invalid_attachments' });
  });
});

describe('viewErrorWords: views.* says of a view', () => {
  it('invalid_arguments, with the view first and pointers that start at it', () => {
    const view = modal([section({ accessory: { type: 'image' } })], { private_metadata: chars(3001) });
    expect(wordViewViolations(validateSurface('modal', view))).toEqual({
      ok: false,
      error: 'invalid_arguments',
      response_metadata: {
        messages: [
          '[ERROR] failed to match all allowed schemas [json-pointer:/view]',
          '[ERROR] missing required field: alt_text [json-pointer:/view/blocks/0/accessory]',
          '[ERROR] missing required field: image_url [json-pointer:/view/blocks/0/accessory]',
          '[ERROR] must be less than 3001 characters [json-pointer:/view/private_metadata]',
        ],
      },
    });
  });
});

describe('blocks.validate says', () => {
  it.each(['blocks', 'message', 'view'] as const)('invalid_%s with what it found', (kind) => {
    const violations = validateSurface('message', [image({ alt_text: undefined })]);
    expect(wordValidateViolations(kind, violations)).toEqual({
      ok: false,
      error: `invalid_${kind}`,
      errors: [
        { code: 'missing_field', message: 'missing required field: alt_text', pointer: '/0', field: 'alt_text' },
      ],
    });
  });

  it('what Slack’s own example says', () => {
    const violations = validateSurface('message', [{ type: 'section', text: { type: 'invalid', text: 'Hello' } }]);
    expect(wordValidateViolations('blocks', violations)).toEqual({
      ok: false,
      error: 'invalid_blocks',
      errors: [
        {
          code: 'failed_constraint',
          message: 'unsupported type: invalid',
          pointer: '/0/text/type',
          constraint: { type: 'enum', expected: ['plain_text', 'mrkdwn'], got: 'invalid' },
        },
      ],
    });
  });
});
