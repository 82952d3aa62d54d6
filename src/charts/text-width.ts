/** Advance widths of DejaVu Sans in em, by kinds of letters; its bold is about an eighth wider. */
const WIDTHS: readonly [RegExp, number][] = [
  [/[ijl.,:;'|!]/, 0.3],
  [/[ ftr()[\]/-]/, 0.38],
  [/[mwMW@%]/, 0.93],
  [/[A-Z]/, 0.7],
  [/[a-z0-9]/, 0.62],
];
const OTHER = 0.8;
const BOLD = 1.13;

/** About how wide a text is drawn, in the unit of `fontSize`: without a canvas Vega would take any letter for 0.8 em. */
export function textWidth(text: string, fontSize: number, isBold: boolean): number {
  let em = 0;
  for (const letter of text) em += WIDTHS.find(([kind]) => kind.test(letter))?.[1] ?? OTHER;
  return em * fontSize * (isBold ? BOLD : 1);
}
