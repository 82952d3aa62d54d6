import type { DefectState } from '../vocabulary.ts';
import type { ToldReason } from './told-in-direct.ts';

/** A defect as far as a direct message about it is concerned. */
export type CarriedDefect = {
  state: DefectState;
  ownerId: string | null;
  dueOn: string | null;
  askedUserId: string | null;
  askedAt: Date | null;
};

/** What has become of a defect since a direct message told of it. */
export type Became =
  | { kind: 'waits' }
  | { kind: 'closed'; state: Exclude<DefectState, 'new' | 'accepted' | 'claimed'> }
  | { kind: 'handed_over'; ownerId: string | null }
  | { kind: 'claimed' }
  | { kind: 'snoozed'; untilOn: string }
  | { kind: 'new_date'; dueOn: string }
  | { kind: 'answered' };

/**
 * What has become of an item of a direct message; the first that is so.
 * 1. The defect is closed.  2. A question is answered.  3. Somebody else owns it.  4. A fix is claimed, unless the message
 * is about the proof of one.  5. Its reader snoozed it.  6. It has another date, still to come.  7. It waits.
 */
export function becameOf(
  told: Pick<ToldReason, 'dueOn'> & { kind: ToldReason['kind'] | 'ownership' },
  defect: CarriedDefect,
  reader: { userId: string; isOwner: boolean; snoozedUntilOn: string | null; todayOn: string },
): Became {
  const { state, ownerId, dueOn } = defect;
  if (state !== 'new' && state !== 'accepted' && state !== 'claimed') return { kind: 'closed', state };
  if (told.kind === 'question')
    return defect.askedAt !== null && defect.askedUserId === reader.userId ? snoozeOf(reader) : { kind: 'answered' };
  if (reader.isOwner && ownerId !== reader.userId) return { kind: 'handed_over', ownerId };
  if (state === 'claimed' && told.kind !== 'stalled') return { kind: 'claimed' };
  if (told.kind === 'ownership') return { kind: 'waits' };
  const put = snoozeOf(reader);
  if (put.kind === 'snoozed') return put;
  const isMoved = dueOn !== null && dueOn !== told.dueOn && dueOn >= reader.todayOn;
  return isMoved ? { kind: 'new_date', dueOn } : { kind: 'waits' };
}

function snoozeOf({ snoozedUntilOn, todayOn }: { snoozedUntilOn: string | null; todayOn: string }): Became {
  return snoozedUntilOn !== null && todayOn < snoozedUntilOn
    ? { kind: 'snoozed', untilOn: snoozedUntilOn }
    : { kind: 'waits' };
}
