import fc from 'fast-check';

const ASTRAL_WORD = '𝒶'.repeat(33);

/** What breaks databases, screens and spreadsheets when it is taken as it comes. */
const PIECES = [
  ...['\u0000', '\u0007', '\u001b[31m', '\u009f', '\ud800', '\udc00', '\ud83d', '\ufffe', '\ufeff'],
  ...['\u202e', '\u202a', '\u2067', '\u2069', '\u202c', '\u200f', '\u061c'],
  ...['\u200b', '\u200d', '\u2060', '\ufe0f', '\u3164', '\u2800', '\u00ad', '\u180e'],
  ...['شبكة معطلة', 'שלום', '支払い', 'İstanbul', 'ﷺ', 'e\u0301\u0302\u0303', '１２', '\u{e0041}'],
  ...['👩‍👩‍👧‍👦', '🏴󠁧󠁢󠁥󠁮󠁧󠁿', '🇩🇪🇫', '👍🏽', ASTRAL_WORD, '\u{10ffff}'],
  ...['=HYPERLINK("https://evil.example","x")', ';＝1+1', '@SUM(1)', '-2+3', '+1', '\t=1'],
  ...['<!channel>', '<@U1|x>', '*x* _y_ `z`', '&lt;!here&gt;', '<https://evil.example|click>', "';--", '\\', '"', '%s'],
  ...['webhook times out', 'constructor', '__proto__', 'NaN', ' ', '\n', '\r\n', '\u2028', '\t'],
];

const LONG = ['a', '=', '\u0000', '\ud800', '\u202e', '\u0301', '👩‍', '𝒶', ' ', 'a.', '1-', "'", 'ﷺ', 'aA'];

/** Hostile text of people and senders: short mostly, a thousand characters often, a million now and then. */
export const hostileText: fc.Arbitrary<string> = fc.oneof(
  { weight: 8, arbitrary: fc.array(fc.constantFrom(...PIECES), { maxLength: 8 }).map((parts) => parts.join('')) },
  { weight: 4, arbitrary: fc.string({ unit: 'binary', maxLength: 60 }) },
  { weight: 2, arbitrary: fc.constantFrom(...LONG).map((piece) => piece.repeat(3_000)) },
  { weight: 1, arbitrary: fc.constantFrom(...LONG).map((piece) => piece.repeat(1_000_000 / piece.length)) },
);

/** Numbers that no count can be, and some that it can. */
export const hostileNumber: fc.Arbitrary<number> = fc.oneof(
  fc.constantFrom(
    ...[Number.NaN, -0, 0, 1, 1.5, -1, 1e308, -1e308, 2 ** 53, 2 ** 31, 2 ** 31 - 1, -(2 ** 40), 10_000_000, 5e-324],
    ...[Number.POSITIVE_INFINITY, Number.NEGATIVE_INFINITY],
  ),
  fc.double(),
);

/** The same as somebody types them, and what only looks like a number. */
export const hostileNumeral: fc.Arbitrary<string> = fc.oneof(
  hostileNumber.map(String),
  fc.constantFrom('１２', '٣', '0x10', '1e3', ' 7 ', '-', '+5', '1,000', '9'.repeat(400), '10000000', '10000001', '²'),
);
