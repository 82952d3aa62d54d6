/** The most of one text that anybody may type or send. A field that can hold less has a limit of its own. */
const LONGEST_TEXT = 100_000;

/** Whatever is longer than so many times its limit is cut before it is cleaned, so that the work is bounded too. */
const RAW_TO_LIMIT = 4;

/**
 * Text that came from outside, on one line: everything that is typed or sent passes here, or through `cleanText`, before
 * it is stored or shown.
 * 1. Well-formed Unicode: a lone surrogate becomes U+FFFD. Neither database stores one.
 * 2. No control characters. A NUL is stored by neither database.
 * 3. No bidi embeddings, overrides or isolates: one that is left open, or is cut from its end, turns around what follows.
 * 4. No spaces without a width and no byte order marks. Text that shows nothing at all is empty.
 * 5. At most `limit` UTF-16 units, as Slack counts them, cut between graphemes with an ellipsis.
 */
export function cleanLine(value: string | null | undefined, limit = LONGEST_TEXT): string {
  return cleaned(value, limit, (text) => text.replace(/\s+/g, ' '));
}

/** The same, where line breaks and tabs may stand. */
export function cleanText(value: string | null | undefined, limit = LONGEST_TEXT): string {
  return cleaned(value, limit, (text) => text.replace(LINE_BREAK, '\n').replace(ODD_SPACE, ' '));
}

/** Cuts clean text to a length in UTF-16 units, between graphemes, with an ellipsis where something is gone. */
export function cutText(text: string, limit: number): string {
  return text.length <= limit ? text : `${text.slice(0, graphemeStart(text, limit - 1)).trimEnd()}…`;
}

/** The beginning of a text, for keys and words that nobody reads as a sentence: no ellipsis, and no half of a pair. */
export function startOf(text: string, limit: number): string {
  return text.length <= limit ? text : text.slice(0, isInsidePair(text, limit) ? limit - 1 : limit);
}

// biome-ignore lint/suspicious/noControlCharactersInRegex: these are the characters to take out
const CONTROL = /[\u0000-\u0008\u000e-\u001f\u007f-\u0084\u0086-\u009f]/g;
const LINE_BREAK = /\r\n|[\r\v\f\u0085\u2028\u2029]/g;
const ODD_SPACE = /[^\S\n\t ]/g;
const BIDI_CONTROL = /[\u202a-\u202e\u2066-\u2069]/g;
const WITHOUT_WIDTH = /[\u200b\u2060-\u2064\ufeff\ufff9-\ufffb]/g;
/** U+2800 is a Braille cell without dots: a letter to Unicode, and nothing to the eye. */
const VISIBLE = /[^\s\p{Cc}\p{Cf}\p{Default_Ignorable_Code_Point}\u2800]/u;

function cleaned(value: string | null | undefined, limit: number, spaced: (text: string) => string): string {
  const given = value ?? '';
  const raw = startOf(given, limit * RAW_TO_LIMIT);
  const plain = raw.toWellFormed().replace(CONTROL, ' ').replace(BIDI_CONTROL, '').replace(WITHOUT_WIDTH, '');
  const text = spaced(plain).trim();
  if (!VISIBLE.test(text)) return '';
  return cutText(raw.length < given.length ? `${text}…` : text, limit);
}

const GRAPHEMES = new Intl.Segmenter('en', { granularity: 'grapheme' });
/** Segmenting costs by the character, and no grapheme that people write is longer than this. */
const LONGEST_GRAPHEME = 256;

/** Where the grapheme at an index begins; within one that is endless, the nearest code point. */
function graphemeStart(text: string, index: number): number {
  const from = startOf(text, Math.max(0, index - LONGEST_GRAPHEME)).length;
  const near = GRAPHEMES.segment(text.slice(from, index + LONGEST_GRAPHEME));
  const start = near.containing(index - from)?.index ?? 0;
  return start > 0 ? from + start : startOf(text, index).length;
}

function isInsidePair(text: string, index: number): boolean {
  return /^[\ud800-\udbff][\udc00-\udfff]$/.test(text.charAt(index - 1) + text.charAt(index));
}
