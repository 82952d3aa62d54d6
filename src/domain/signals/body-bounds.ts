/** Real payloads nest ten deep. */
export const DEEPEST = 64;
/** A megabyte of the smallest alerts that say anything has fifty thousand. */
export const MOST_VALUES = 100_000;
export const MOST_MEMBERS = 20_000;
/** The longest issue that GitHub takes has 65,536 characters, at most four bytes each. */
export const LONGEST_STRING = 262_144;
/** No number of a sender has more than thirty. */
export const LONGEST_NUMBER = 1_000;

const QUOTE = 0x22;
const COMMA = 0x2c;
const COLON = 0x3a;
const SPACE = 0x20;
const BACKSLASH = 0x5c;
const OPENS = new Set([0x5b, 0x7b]);
const CLOSES = new Set([0x5d, 0x7d]);

/**
 * What about a body of JSON is more than anybody sends in good faith, in words, or null. It looks at the bytes before they
 * are parsed, since parsing is what such bodies make expensive. A list or an object counts as one member more than it has
 * commas, also where it is empty; what is not JSON at all is left to the parser.
 */
export function excessIn(body: Uint8Array): string | null {
  const members: number[] = [];
  let values = 1;
  let digits = 0;
  for (let at = 0; at < body.length; at += 1) {
    const byte = body[at] as number;
    digits = isDigitLike(byte) ? digits + 1 : 0;
    if (digits > LONGEST_NUMBER) return `The body has a number of more than ${LONGEST_NUMBER} digits.`;
    if (byte === QUOTE) {
      const end = endOfString(body, at + 1);
      if (end - at - 1 > LONGEST_STRING) return `The body has a text of more than ${LONGEST_STRING} bytes.`;
      at = end;
    } else if (byte === COMMA) {
      values += 1;
      const among = (members.pop() ?? 0) + 1;
      if (among > MOST_MEMBERS) return `The body has more than ${MOST_MEMBERS} members in one list or object.`;
      members.push(among);
    } else if (OPENS.has(byte)) {
      values += 1;
      if (members.push(1) > DEEPEST) return `The body is nested more than ${DEEPEST} deep.`;
    } else if (CLOSES.has(byte)) {
      members.pop();
    }
    if (values > MOST_VALUES) return `The body has more than ${MOST_VALUES} values.`;
  }
  return null;
}

/** Whatever stands outside texts and is no mark between values; only numbers can be long. */
function isDigitLike(byte: number): boolean {
  return byte > SPACE && byte !== QUOTE && byte !== COMMA && byte !== COLON && !OPENS.has(byte) && !CLOSES.has(byte);
}

/** Where the quote stands that ends a string, or the end of the body. */
function endOfString(body: Uint8Array, from: number): number {
  let at = body.indexOf(QUOTE, from);
  while (at !== -1 && isEscaped(body, from, at)) at = body.indexOf(QUOTE, at + 1);
  return at === -1 ? body.length : at;
}

function isEscaped(body: Uint8Array, from: number, quote: number): boolean {
  let backslashes = 0;
  while (quote - backslashes > from && body[quote - backslashes - 1] === BACKSLASH) backslashes += 1;
  return backslashes % 2 === 1;
}
