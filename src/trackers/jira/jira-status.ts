import type { TicketStatus } from '../../domain/trackers/ticket-status.ts';
import type { History, Issue, Transition } from './jira-schemas.ts';

const DONE = 'done';

/**
 * What an issue's state means. Its category says whether it has ended, whatever a project calls its states; how it ended
 * stands in its resolution, or in the name of its state where a project has none.
 */
export function statusOf({ status, resolution }: Pick<Issue['fields'], 'status' | 'resolution'>): TicketStatus {
  if (status.statusCategory.key !== DONE) return 'open';
  return endOf(resolution?.name) ?? endOf(status.name) ?? 'done';
}

function endOf(name: string | undefined): TicketStatus | undefined {
  if (!name) return undefined;
  if (/duplicate/i.test(name)) return 'duplicate';
  if (
    /won['’]?t|will not|declin|reject|cancel|invalid|cannot|incomplete|abandon|obsolete|not a bug|by design|as designed/i.test(
      name,
    )
  )
    return 'not_planned';
  return /fixed|done|resolved|complete/i.test(name) ? 'done' : undefined;
}

/** The change that gave an issue the status that it has; undefined where it was made so. */
export function lastChangeOf(
  status: TicketStatus,
  histories: readonly History[],
  categoryOf: ReadonlyMap<string, string>,
): History | undefined {
  const isEnded = (id: string | null | undefined) => categoryOf.get(id ?? '') === DONE;
  return histories
    .filter(({ items }) =>
      items.some(({ field, from, to }) =>
        field === 'status'
          ? isEnded(from) !== isEnded(to) && isEnded(to) === (status !== 'open')
          : field === 'resolution' && status !== 'open' && Boolean(to),
      ),
    )
    .sort((a, b) => a.created.getTime() - b.created.getTime())
    .at(-1);
}

/** The change that gave an issue the due date that it has; undefined where it was made with it. */
export function lastDated(histories: readonly History[]): History | undefined {
  return histories
    .filter(({ items }) => items.some(({ field }) => field === 'duedate'))
    .sort((a, b) => a.created.getTime() - b.created.getTime())
    .at(-1);
}

export type Move = { id: string; resolution: string | null };

/** The way of a project's workflow to a status; undefined where there is none from where the issue is. */
export function moveTo(status: TicketStatus, transitions: readonly Transition[]): Move | undefined {
  const leading = transitions.filter(({ to }) => (to.statusCategory.key === DONE) === (status !== 'open'));
  const ranked = leading
    .map((transition) => ({ transition, resolution: resolutionFor(status, transition) }))
    .sort((a, b) => likeness(status, b) - likeness(status, a));
  const [best] = ranked;
  return best ? { id: best.transition.id, resolution: best.resolution } : undefined;
}

/** The resolution that says it, where the transition asks for one. */
function resolutionFor(status: TicketStatus, { fields }: Transition): string | null {
  if (status === 'open') return null;
  const names = (fields.resolution?.allowedValues ?? []).flatMap(({ name }) => name ?? []);
  return names.find((name) => endOf(name) === status) ?? (fields.resolution?.required ? (names[0] ?? null) : null);
}

function likeness(
  status: TicketStatus,
  { transition, resolution }: { transition: Transition; resolution: string | null },
) {
  // Work that is to be done again is not under way yet.
  if (status === 'open') return transition.to.statusCategory.key === 'new' ? 1 : 0;
  const says = endOf(resolution ?? undefined) ?? endOf(transition.to.name) ?? 'done';
  return says === status ? 1 : 0;
}
