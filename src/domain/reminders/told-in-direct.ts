import type { ReminderReason } from './reminders.ts';

/** Why an item stands in a direct message, as kinds and dates: its words are found anew whenever it is shown. */
export type ToldReason = { kind: ReminderReason['kind']; dueOn: string | null };

/** One defect in a reminder. The lead hears of those that an owner did not answer. */
export type ToldItem = ToldReason & { defectId: number; reader: 'owner' | 'lead' };

/** What a direct message told when it was written, with the local day it was. */
export type ToldInDirect =
  | {
      kind: 'reminder';
      on: string;
      isFirst: boolean;
      programs: readonly { programId: number; items: readonly ToldItem[] }[];
    }
  /** Somebody has become the owner, by whose hand; in which tracker, where it was assigned there, maybe by a stranger. */
  | {
      kind: 'ownership';
      on: string;
      programId: number;
      by: string | null;
      place?: string | undefined;
      defectIds: readonly number[];
    }
  /** A defect came back, or its failed fix turned out to have ended a part. */
  | { kind: 'comeback'; on: string; programId: number; defectId: number; eventId: number };
