import { cleanLine } from '../text/clean-text.ts';

/** One thing that a sender told of a failure, under the sender's own name for it. */
export type Fact = { label: string; value: string };

const MOST_FACTS = 40;
const LONGEST_LABEL = 60;
export const LONGEST_VALUE = 1000;

/** What is there of these pairs, each label and value once. */
export function factsOf(pairs: readonly (readonly [label: string, value: string | null | undefined])[]): Fact[] {
  return addFacts(
    [],
    pairs.flatMap(([label, value]) => {
      const fact = { label: cleanLine(label, LONGEST_LABEL), value: cleanLine(value, LONGEST_VALUE) };
      return fact.label && fact.value ? [fact] : [];
    }),
  );
}

/** Facts as a sender tells them now: what it calls the same is told anew. */
export function renewFacts(known: readonly Fact[], now: readonly Fact[]): Fact[] {
  return addFacts(
    known.filter(({ label }) => !now.some((fact) => fact.label === label)),
    now,
  );
}

/** Facts with those that came later and say something new. */
export function addFacts(known: readonly Fact[], later: readonly Fact[]): Fact[] {
  const all = [...known];
  for (const fact of later) {
    if (!all.some(({ label, value }) => label === fact.label && value === fact.value)) all.push(fact);
  }
  return all.slice(0, MOST_FACTS);
}
