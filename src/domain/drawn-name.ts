const GRAPHEMES = new Intl.Segmenter('en', { granularity: 'grapheme' });
/** The scripts that the font of the charts has letters for; others come out as empty boxes. */
const DRAWABLE =
  /^[\p{Script=Latin}\p{Script=Greek}\p{Script=Cyrillic}\p{Script=Armenian}\p{Script=Georgian}\p{Script=Hebrew}\p{Script=Arabic}\p{Script=Lao}\p{Mn}\p{Nd}\p{P}\p{Sc}\p{Sm}\p{Zs}]+$/u;
const EMOJI = /\p{Extended_Pictographic}/u;

/** A name as a chart can show it: one line, cut between graphemes. One that cannot be drawn is told by its place. */
export function drawnName(name: string, place: number, limit = 22): string {
  if (!isDrawable(name)) return `no. ${place + 1}`;
  const graphemes = [...GRAPHEMES.segment(oneLine(name))].map(({ segment }) => segment);
  if (graphemes.length <= limit) return graphemes.join('');
  return `${graphemes
    .slice(0, limit - 1)
    .join('')
    .trimEnd()}…`;
}

/** Whether a chart can show the name itself. */
export function isDrawable(name: string): boolean {
  const line = oneLine(name);
  return DRAWABLE.test(line) && !EMOJI.test(line);
}

function oneLine(name: string): string {
  return name.replace(/[\p{C}\p{Z}\s]+/gu, ' ').trim();
}
