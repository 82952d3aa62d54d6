import { mulberry32 } from '../../src/domain/stats/random.ts';

const VOCABULARY = 50_000;
const TITLE_WORDS = 8;
const DESCRIPTION_WORDS = 10;
const REPORTS_A_DEFECT = 10;

type Text = { defect: number; title: string; description: string };

/**
 * Synthetic reports: words by Zipf's law over 50,000, ten reports a defect on average. A report of a known defect
 * keeps about six in ten of its words and draws the rest anew.
 */
export function zipfTexts(seed: number) {
  const random = mulberry32(seed);
  const cumulative = new Float64Array(VOCABULARY);
  let sum = 0;
  for (let rank = 0; rank < VOCABULARY; rank += 1) {
    sum += 1 / (rank + 2.7);
    cumulative[rank] = sum;
  }
  const draw = () => {
    const at = random() * sum;
    let low = 0;
    let high = VOCABULARY - 1;
    while (low < high) {
      const middle = (low + high) >> 1;
      if ((cumulative[middle] ?? 0) < at) low = middle + 1;
      else high = middle;
    }
    return low;
  };
  const known: { title: number[]; description: number[] }[] = [];
  const again = (words: readonly number[]) => words.map((word) => (random() < 0.6 ? word : draw()));
  const said = (words: readonly number[]) => words.map(spell).join(' ');
  const repeatOf = (defect: number): Text => {
    const first = known[defect] ?? { title: [], description: [] };
    return { defect, title: said(again(first.title)), description: said(again(first.description)) };
  };
  const anyDefect = () => Math.floor(random() * known.length);
  return {
    repeatOf,
    anyDefect,
    defects: () => known.length,
    next(): Text {
      if (known.length > 0 && random() > 1 / REPORTS_A_DEFECT) return repeatOf(anyDefect());
      const words = (count: number) => Array.from({ length: count }, draw);
      known.push({ title: words(TITLE_WORDS), description: words(DESCRIPTION_WORDS) });
      return repeatOf(known.length - 1);
    },
  };
}

const SYLLABLES = ['ba', 'ke', 'di', 'po', 'ru', 'sa', 'te', 'vi', 'zo', 'lu', 'ma', 'ne', 'gi', 'ho', 'fu', 'ja'];

/** A word for a rank, of three or four syllables, each word different. */
function spell(rank: number): string {
  const syllables: string[] = [];
  for (let left = rank, nth = 0; nth < 4; left = Math.floor(left / 16), nth += 1)
    syllables.push(SYLLABLES[left % 16] ?? '');
  return syllables.join('');
}
