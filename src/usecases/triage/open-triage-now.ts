import type { Message } from '../../blocks/kit/parts.ts';
import { counted } from '../../blocks/kit/words.ts';
import { note } from '../../blocks/programs/help-message.ts';
import type { Db } from '../../db/engine/client.ts';
import type { Program } from '../../db/programs/programs.ts';
import type { Doing } from '../doing.ts';
import { openTriage } from './open-triage.ts';

/** Opens the triage without waiting for its day; whoever asks runs it. */
export async function openTriageNow(db: Db, program: Program, { by, now }: Doing): Promise<Message> {
  const opened = await db.transaction((tx) => openTriage(tx, program, { dueAt: now, late: false, now }, by));
  switch (opened.kind) {
    case 'opened':
      return note(`Triage is open in the program's channel, with ${counted(opened.items, 'item')}.`);
    case 'nothing_to_decide':
      return note('There is nothing to decide right now. The channel was told in one line.');
    case 'already_opened':
      return note('Triage was opened at this very moment already.');
  }
}
