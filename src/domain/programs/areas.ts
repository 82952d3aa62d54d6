import { cleanLine } from '../text/clean-text.ts';

export const AREA_NAME_LIMIT = 60;
export const MOST_LABELS = 20;
const LABEL_LIMIT = 60;

export type AreaNames = { name: string; labels: readonly string[] };

/** The area that somebody means: by its name, else by one of the labels by which senders call it. */
export function areaCalled<A extends AreaNames>(areas: readonly A[], said: string): A | undefined {
  const wanted = folded(said);
  if (wanted === '') return undefined;
  return (
    areas.find(({ name }) => folded(name) === wanted) ??
    areas.find(({ labels }) => labels.some((label) => folded(label) === wanted))
  );
}

/** Labels as they are typed, with commas or on lines of their own: each once, without the name itself. */
export function parseLabels(typed: string, name: string): string[] {
  const seen = new Set([folded(name)]);
  return typed.split(/[,;\n]/).flatMap((part) => {
    const label = cleanLine(part, LABEL_LIMIT);
    const key = folded(label);
    if (key === '' || seen.has(key)) return [];
    seen.add(key);
    return [label];
  });
}

/** The labels of an area that takes over what another one had: senders go on calling it as they did. */
export function labelsTakenOver(into: AreaNames, retired: AreaNames): string[] {
  return parseLabels([...into.labels, retired.name, ...retired.labels].join('\n'), into.name);
}

/** The labels of an area under its new name; senders may still call it by the old one. */
export function labelsAfterRename(typed: string, { was, is }: { was: string; is: string }): string[] {
  return parseLabels(folded(was) === folded(is) ? typed : `${typed}\n${was}`, is);
}

/** What is wrong with what an area is called, by field; nothing where all is well. `others` are the areas beside it. */
export function areaErrors(
  { name, labels }: AreaNames,
  others: readonly AreaNames[],
): Partial<Record<'name' | 'labels', string>> {
  const errors: Partial<Record<'name' | 'labels', string>> = {};
  const namesake = areaCalled(others, name);
  if (name === '') errors.name = 'Enter a name.';
  else if (namesake && folded(namesake.name) === folded(name))
    errors.name = `There is an area ${namesake.name} already.`;
  else if (namesake) errors.name = `“${name}” is a label of ${namesake.name}. Take it out there first.`;
  if (labels.length > MOST_LABELS) errors.labels = `At most ${MOST_LABELS} labels fit.`;
  for (const label of labels) {
    const other = areaCalled(others, label);
    if (other) errors.labels ??= `“${label}” already means ${other.name}.`;
  }
  return errors;
}

function folded(words: string): string {
  return words.trim().toLowerCase();
}
