import fc from 'fast-check';

const HOSTILE = [
  '<!channel> <@U1> *x* `',
  '<!subteam^S1> <!here|hi> <#C1|general>',
  '<https://evil.example|click me>',
  '&lt;!channel&gt;',
  '<!date^1^{date}|x>',
  '>>> ``` ~_*',
  '\u202Eright to left\u202C',
  '👩‍👩‍👧‍👦'.repeat(200),
  '&'.repeat(3000),
  '<'.repeat(3000),
  'a'.repeat(5000),
  '\u0000\u0007',
  '',
  '   ',
  'line\nline\r\nline',
];

/** What people type: from nothing to far too much, with everything that Slack would read as a command. */
export const typed: fc.Arbitrary<string> = fc.oneof(
  fc.constantFrom(...HOSTILE),
  fc.string({ unit: 'binary', maxLength: 400 }),
  fc.array(fc.constantFrom(...HOSTILE), { maxLength: 4 }).map((parts) => parts.join(' ')),
);

/** Every mention, link and date in the mrkdwn of a payload: what Slack would act on. */
export function commandsIn(payload: unknown): string[] {
  const found: string[] = [];
  const visit = (value: unknown): void => {
    if (Array.isArray(value)) value.forEach(visit);
    else if (value && typeof value === 'object') {
      const { type, text } = value as { type?: unknown; text?: unknown };
      if (type === 'mrkdwn' && typeof text === 'string') found.push(...(text.match(/<[^>]*>?/g) ?? []));
      Object.values(value).forEach(visit);
    }
  };
  const { text } = payload as { text?: unknown };
  if (typeof text === 'string') found.push(...(text.match(/<[^>]*>?/g) ?? []));
  visit(payload);
  return found;
}
