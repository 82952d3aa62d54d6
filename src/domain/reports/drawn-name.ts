import { cleanLine, cutText } from '../text/clean-text.ts';

/** The scripts that the font of the charts has letters for; others come out as empty boxes. */
const DRAWABLE =
  /^[\p{Script=Latin}\p{Script=Greek}\p{Script=Cyrillic}\p{Script=Armenian}\p{Script=Georgian}\p{Script=Hebrew}\p{Script=Arabic}\p{Script=Lao}\p{Mn}\p{Nd}\p{P}\p{Sc}\p{Sm}\p{Zs}]+$/u;
const EMOJI = /\p{Extended_Pictographic}/u;

/** A name as a chart can show it: one line, cut between graphemes. One that cannot be drawn is told by its place. */
export function drawnName(name: string, place: number, limit = 22): string {
  return isDrawable(name) ? cutText(drawnLine(name), limit) : `no. ${place + 1}`;
}

/** Whether a chart can show the name itself. */
export function isDrawable(name: string): boolean {
  const line = drawnLine(name);
  return DRAWABLE.test(line) && !EMOJI.test(line);
}

/** One line without invisible joiners and marks of direction, which have no glyph in the font. */
export function drawnLine(name: string): string {
  return cleanLine(cleanLine(name).replace(/\p{C}/gu, ' '));
}
