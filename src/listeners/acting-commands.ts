import { note } from '../blocks/help-message.ts';
import type { Message } from '../blocks/parts.ts';
import { counted, dayWords } from '../blocks/words.ts';
import type { Command } from '../domain/command.ts';
import { defectKey } from '../domain/vocabulary.ts';
import { addTickets } from '../usecases/add-tickets.ts';
import { assignOwner } from '../usecases/change-defect.ts';
import type { Db, Doing, Program } from '../usecases/doing.ts';
import { mergeDefects } from '../usecases/merge-defects.ts';
import { openTriageNow } from '../usecases/open-triage-now.ts';
import { sendCharts } from '../usecases/send-charts.ts';
import { type Undone, undoGrouping } from '../usecases/undo-grouping.ts';

/** Whether a command changes something, or has something sent, by itself; every other one reads or opens a form. */
export function isActing(command: Command): boolean {
  if (command.kind === 'merge') return command.into !== undefined;
  return ['assign', 'tickets', 'undo', 'triage', 'charts'].includes(command.kind);
}

/** Does it, in the caller's transaction, and says what was done. */
export async function obeyActing(db: Db, program: Program, command: Command, doing: Doing): Promise<Message> {
  switch (command.kind) {
    case 'assign': {
      const { number, title } = await assignOwner(db, program, command.number, command.userId, doing);
      return note(`${defectKey(number)} ${title} has a new owner.`);
    }
    case 'merge': {
      if (command.into === undefined) break;
      const { merged, target, moved } = await mergeDefects(db, program, command.from, command.into, doing);
      return note(
        `${defectKey(merged.number)} is part of ${defectKey(target.number)} now, with ${counted(moved, 'report')}. /defect undo ${merged.number} takes it back.`,
      );
    }
    case 'tickets': {
      const { defect, reportOn } = await addTickets(db, program, command, doing);
      const { number, title, ticketTotal } = defect;
      const where = reportOn ? ` They count with its report of ${dayWords(reportOn)}.` : '';
      return note(`${defectKey(number)} ${title} stands for ${counted(ticketTotal, 'support ticket')} now.${where}`);
    }
    case 'undo':
      return note(undoneWords(await undoGrouping(db, program, command.number, doing)));
    case 'triage':
      return openTriageNow(db, program, doing);
    case 'charts':
      return sendCharts(db, program, doing);
  }
  throw new Error(`/defect ${command.kind} changes nothing by itself.`);
}

function undoneWords(undone: Undone): string {
  if (undone.kind === 'merge') {
    const { number, title, reportCount } = undone.restored;
    return `${defectKey(number)} ${title} stands by itself again, with ${counted(reportCount, 'report')}.`;
  }
  const { closed, whole } = undone;
  return `${defectKey(closed.number)} is part of ${defectKey(whole.number)} ${whole.title} again, with ${counted(whole.reportCount, 'report')}.`;
}
