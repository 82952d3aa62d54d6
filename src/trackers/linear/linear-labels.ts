import type { LabelChange, TrackerAnswer } from '../../domain/trackers/tracker.ts';
import type { AskLinear } from './ask-linear.ts';
import * as linear from './linear-documents.ts';

/** Each by itself, so that no label is lost that somebody adds meanwhile. One that the team lacks is made. */
export async function changeLabels(
  ask: AskLinear,
  id: string,
  { add, remove }: LabelChange,
): Promise<TrackerAnswer<null>> {
  const names = [...add, ...remove];
  const known = await ask(linear.LABELS, { id, names }, linear.labels, ({ issue }) => issue.team);
  if ('trouble' in known) return known;
  const idOf = new Map(known.ok.labels.nodes.map((label) => [label.name, label.id]));
  for (const name of add) {
    const made = idOf.has(name)
      ? null
      : await ask(linear.CREATE_LABEL, { teamId: known.ok.id, name }, linear.labelCreated, (given) => given);
    if (made && 'trouble' in made) return made;
    const labelId = idOf.get(name) ?? made?.ok.issueLabelCreate.issueLabel.id;
    const added = await ask(linear.ADD_LABEL, { id, labelId }, linear.labelAdded, () => null);
    if ('trouble' in added) return added;
  }
  for (const name of remove) {
    const labelId = idOf.get(name);
    const gone = labelId && (await ask(linear.REMOVE_LABEL, { id, labelId }, linear.labelRemoved, () => null));
    // Whoever has taken it away before wants it so.
    if (gone && 'trouble' in gone && gone.trouble.kind !== 'missing') return gone;
  }
  return { ok: null };
}
