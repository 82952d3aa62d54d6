import type { Message } from '../../blocks/kit/parts.ts';
import { pastProofMessage } from '../../blocks/proof/past-proof-message.ts';
import { Refusal } from '../../domain/errors/refusal.ts';
import { addDays, isLocalDate } from '../../domain/time/local-date.ts';
import { localDateOn, localTimeToInstant } from '../../domain/time/working-time.ts';
import { findOrRefuse } from '../defects/show-defect.ts';
import type { Db, Program } from '../doing.ts';
import { proofAsOf } from './proof-as-of.ts';

/** How the fix of a defect stood at the end of a day of the program's calendar. */
export async function tellProof(db: Db, program: Program, number: number, on: string, now: Date): Promise<Message> {
  const defect = await findOrRefuse(db, program, number);
  const todayOn = localDateOn(now, program.timeZone);
  if (!isLocalDate(on)) throw new Refusal(`${on} is in no calendar. Write a day such as ${todayOn}.`);
  if (on > todayOn) throw new Refusal(`${on} is still to come. \`/defect show ${number}\` tells how it stands now.`);
  const endsAt = localTimeToInstant(addDays(on, 1), '00:00', program.timeZone);
  const proof = await proofAsOf(db, program, defect, endsAt < now ? endsAt : now);
  return pastProofMessage({ number, title: defect.title, on, todayOn, proof });
}
