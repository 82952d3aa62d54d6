import { Refusal } from '../errors/refusal.ts';
import { cleanLine } from '../text/clean-text.ts';
import { isLocalDate } from '../time/local-date.ts';
import type { Criterion, MetricBound } from './criteria.ts';

/** What somebody typed when accepting a defect or recommitting to it. */
export type PromiseFields = {
  ownerId?: string | null | undefined;
  dueOn?: string | null | undefined;
  limit?: string | null | undefined;
  secondPersonId?: string | null | undefined;
  link?: string | null | undefined;
  /** As `parseMetricBound` read it. */
  bound?: MetricBound | null | undefined;
};

export type PromiseGiven = { ownerId: string; dueOn: string; criteria: Criterion[] };

/** Reports that a window may tolerate at most; with more, nobody would believe the proof. */
export const MOST_TOLERATED = 99;

/** Reads a promise: an owner, a day, and the criteria that must hold. Throws a Refusal that names the field. */
export function parsePromise({ ownerId, dueOn, limit, secondPersonId, link, bound }: PromiseFields): PromiseGiven {
  if (!ownerId) throw new Refusal('It needs an owner. Pick who will see it through.', 'owner');
  if (!dueOn || !isLocalDate(dueOn))
    throw new Refusal('It needs a due date. Pick the day it should be fixed by.', 'due');
  const tolerated = limit?.trim() ?? '0';
  if (!/^\d{1,3}$/.test(tolerated) || Number(tolerated) > MOST_TOLERATED) {
    throw new Refusal(`Give a whole number from 0 to ${MOST_TOLERATED}.`, 'limit');
  }
  if (secondPersonId && secondPersonId === ownerId) {
    throw new Refusal('The second person must be somebody other than the owner.', 'second_person');
  }
  const what = cleanLine(link, 500);
  return {
    ownerId,
    dueOn,
    criteria: [
      { kind: 'max_reports', limit: Number(tolerated) },
      ...(bound ? [bound] : []),
      ...(secondPersonId ? [{ kind: 'second_person' as const, userId: secondPersonId }] : []),
      ...(what ? [{ kind: 'link' as const, what }] : []),
    ],
  };
}
