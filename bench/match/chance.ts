import {
  type Answer,
  CHANCE_WORDS,
  type ChanceFit,
  chanceOf,
  chanceWord,
  evidenceOf,
  FEWEST_ANSWERS,
  fitChance,
} from '../../src/domain/grouping/chance.ts';
import { shareWords } from '../kit/measures.ts';
import { type Found, UNIT_OF_SCORE } from './variants.ts';

/** What was offered for a report at each place where the bot says a word, and the defect that it turned out to repeat. */
export type Seen = { offered: Readonly<Record<Place, readonly Found[]>>; right: number | undefined };

/** The first is what the fit is made from. */
const PLACES = ['the form, by its title', 'the form, once it is filed', 'the form of a merge'] as const;
type Place = (typeof PLACES)[number];

const REFIT_EVERY = 25;
const REMEMBERED = 200;

type Said = { place: Place; word: string; isRight: boolean; isLater: boolean };

/**
 * How often each word for the chance of the first suggestion is right, told of a whole stream and of its later half, where the
 * chance is fitted anew to the newest reports, as the bot does at night. A form of a merge is opened for every report, as if
 * nobody knew whether it repeats one.
 */
export function printedChances(seen: readonly Seen[]): string[] {
  const answers: Answer[] = [];
  const said: Said[] = [];
  let fit: ChanceFit | null = null;
  for (const [seq, { offered, right }] of seen.entries()) {
    if (seq % REFIT_EVERY === 0) fit = seq < FEWEST_ANSWERS ? null : fitChance(answers.slice(-REMEMBERED));
    for (const [nth, place] of PLACES.entries()) {
      const found = offered[place];
      const evidence = evidenceOf(found.map(inUnitsOfTheBot));
      if (evidence === null) continue;
      const isRight = found[0]?.defect === right;
      if (fit) {
        const word = chanceWord(chanceOf(evidence, fit)) ?? 'no word';
        said.push({ place, word, isRight, isLater: seq >= seen.length / 2 });
      }
      if (nth === 0) answers.push({ evidence, isRight });
    }
  }
  const lines = [
    '\n| where | the first suggestion is called | right | said of so many | later half: right | said of so many |',
    '|---|---|---|---|---|---|',
  ];
  for (const place of PLACES) {
    for (const word of [...CHANCE_WORDS, 'no word']) {
      const called = said.filter((one) => one.place === place && one.word === word);
      const cells = [called, called.filter(({ isLater }) => isLater)].flatMap((of) => [
        shareWords(of.filter(({ isRight }) => isRight).length, of.length),
        String(of.length),
      ]);
      lines.push(`| ${place} | ${word} | ${cells.join(' | ')} |`);
    }
  }
  if (fit) lines.push(`offset ${fit.offset.toFixed(2)}, slope ${fit.slope.toFixed(2)} in the end`);
  return lines;
}

function inUnitsOfTheBot({ score, newness }: Found): { score: number; newness: number } {
  return { score: score * UNIT_OF_SCORE, newness: newness * UNIT_OF_SCORE };
}
