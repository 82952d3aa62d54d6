import { momentWords } from '../../blocks/kit/words.ts';
import type { Db } from '../../db/engine/client.ts';
import type { Program } from '../../db/programs/programs.ts';
import { findTriage, type Triage } from '../../db/triage/triages.ts';
import { Refusal } from '../../domain/errors/refusal.ts';
import type { Doing } from '../doing.ts';
import { closeTriage } from './close-triage.ts';

/** Closes the thread at somebody's word, or says that it is closed already. */
export async function closeTriageByHand(db: Db, program: Program, triageId: number, doing: Doing): Promise<Triage> {
  return db.transaction(async (tx) => {
    const triage = await findTriage(tx, program.id, triageId);
    if (!triage) throw new Refusal('This thread is of a triage that is no longer here.');
    const closed = await closeTriage(tx, program, triage, { by: doing.by, now: doing.now });
    if (closed) return closed;
    const closedAt = (await findTriage(tx, program.id, triageId))?.closedAt ?? doing.now;
    throw new Refusal(`This triage was closed ${momentWords(closedAt, program.timeZone)}.`);
  });
}
