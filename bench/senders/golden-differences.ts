import { isDeepStrictEqual } from 'node:util';
import type { Golden, GoldenDefect } from './golden.ts';
import type { Played } from './play-golden.ts';

/** What of a situation did not become what it must, a line each; none where all is as stated. */
export function differencesOf(golden: Golden, played: Played): string[] {
  const defects = Array.from({ length: Math.max(golden.becomes.length, played.becomes.length) }, (_, i) =>
    defectDifferences(`D-${i + 1}`, golden.becomes[i], played.becomes[i]),
  );
  const leftOut = (all: Golden['leftOut'] = []) => all.map(({ event, why, count }) => `${event} (${count}): ${why}`);
  return [
    ...played.refused.map((status) => `a delivery was answered ${status}`),
    ...defects.flat(),
    ...missing('left out', leftOut(golden.leftOut), leftOut(played.leftOut)),
    ...missing('released', golden.releases ?? [], played.releases),
  ];
}

function defectDifferences(key: string, wanted: GoldenDefect | undefined, found: GoldenDefect | undefined): string[] {
  if (!wanted) return [`${key} “${found?.title}” should not be there`];
  if (!found) return [`${key} “${wanted.title}” is not there`];
  const { card, ...rest } = wanted;
  return [
    ...Object.entries(rest).flatMap(([name, value]) => {
      const seen = found[name as keyof typeof rest];
      return isDeepStrictEqual(seen, value)
        ? []
        : [`${key} ${name}: ${JSON.stringify(seen)} instead of ${JSON.stringify(value)}`];
    }),
    ...card.filter((line) => !found.card.includes(line)).map((line) => `${key} does not say “${line}”`),
  ];
}

function missing(verb: string, wanted: readonly string[], found: readonly string[]): string[] {
  return [
    ...wanted.filter((one) => !found.includes(one)).map((one) => `not ${verb}: ${one}`),
    ...found.filter((one) => !wanted.includes(one)).map((one) => `${verb} against what is stated: ${one}`),
  ];
}
