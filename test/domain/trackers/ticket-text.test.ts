import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { escapeMarkdown, markdownOf } from '../../../src/domain/trackers/ticket-text.ts';

describe('a text for a tracker', () => {
  it.each([
    ['@ana and #12', '@\u2060ana and #\u206012'],
    ['*bold* _it_ `code` [a](b)', '\\*bold\\* \\_it\\_ \\`code\\` \\[a\\](b)'],
    ['<img src=x> <!-- burndown:x -->', '\\<img src=x\\> \\<!-- burndown:x --\\>'],
    ['- a list\n1. another', '\\- a list\n\\1. another'],
    ['see https://a.example/x_y_z?q=1 now', 'see https://a.example/x_y_z?q=1 now'],
    ['costs 3 * 4 = 12', 'costs 3 \\* 4 = 12'],
  ])('keeps what people typed as they typed it: %s', (typed, written) => {
    expect(escapeMarkdown(typed)).toBe(written);
  });

  it('lets nobody plant a marker, whatever they type', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary' }), fc.string(), (before, after) => {
        expect(escapeMarkdown(`${before}<!-- burndown:x -->${after}`)).not.toContain('<!-- burndown:x -->');
      }),
    );
  });

  it('has headings, facts and links of our own, and is cut where a tracker takes no more', () => {
    const text = [
      { kind: 'heading', text: 'D-4' },
      { kind: 'facts', rows: [['State', 'new']] },
      { kind: 'link', url: 'https://slack.com/x?a=1&b=(2)', label: 'Slack' },
    ] as const;
    expect(markdownOf(text, 500)).toBe('**D-4**\n\n- State: new\n\n[Slack](https://slack.com/x?a=1&b=(2%29)');
    expect(markdownOf([{ kind: 'paragraph', text: 'x'.repeat(900) }], 100)).toHaveLength(100);
  });
});
