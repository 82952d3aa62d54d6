import type { Defect } from '../../db/defects/defects.ts';
import { logChange } from '../../db/defects/events.ts';
import type { Db } from '../../db/engine/client.ts';
import type { Program } from '../../db/programs/programs.ts';
import { upsertSnooze } from '../../db/reminders/reminder-facts.ts';
import { requireReason } from '../../domain/defects/require-reason.ts';
import { Refusal } from '../../domain/errors/refusal.ts';
import { dayNumber, isLocalDate } from '../../domain/time/local-date.ts';
import { localDateOn } from '../../domain/time/working-time.ts';
import { because, type Doing, holdOpenDefect } from '../doing.ts';

export const LONGEST_SNOOZE_DAYS = 60;

/** No reminders of a defect to this person before a day, with a reason. The defect, its due date and its rank stay as they are. */
export async function snoozeDefect(
  db: Db,
  program: Program,
  number: number,
  snooze: { untilOn: string; reason: string },
  doing: Doing,
): Promise<Defect> {
  return db.transaction(async (tx) => {
    const defect = await holdOpenDefect(tx, program, number);
    const reason = requireReason(snooze.reason);
    if (!isLocalDate(snooze.untilOn)) throw new Refusal('Pick the day on which reminders start again.', 'until');
    const days = dayNumber(snooze.untilOn) - dayNumber(localDateOn(doing.now, program.timeZone));
    if (days < 1) throw new Refusal('Pick a day after today.', 'until');
    if (days > LONGEST_SNOOZE_DAYS) {
      throw new Refusal(
        `Pick a day within ${LONGEST_SNOOZE_DAYS} days. If it can wait longer, change its date.`,
        'until',
      );
    }
    await logChange(tx, defect, 'snoozed', because(doing, reason, { untilOn: snooze.untilOn }));
    await upsertSnooze(tx, { defectId: defect.id, userId: doing.by, untilOn: snooze.untilOn, reason, at: doing.now });
    return defect;
  });
}
