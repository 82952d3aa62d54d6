import { findOfficeOf, joinOffice, leaveOffice, listOfficesNear, upsertOffice } from '../../db/office/offices.ts';
import { insertAudit } from '../../db/programs/audit.ts';
import { lockProgram } from '../../db/programs/programs.ts';
import { Refusal } from '../../domain/errors/refusal.ts';
import { monthAt, monthBefore } from '../../domain/office/month.ts';
import type { Db, Doing, Program } from '../doing.ts';

/** Where a lead wants the program: in no office, in one that is there, or in one of a channel of its own workspace. */
export type WantedOffice =
  | { kind: 'none' }
  | { kind: 'known'; id: number }
  | { kind: 'new'; channelId: string; name: string };

/** Joins a program to an office, or takes it out. Answers what is different now, a sentence; nothing where nothing is. */
export async function changeOffice(tx: Db, known: Program, wanted: WantedOffice, doing: Doing): Promise<string[]> {
  const program = await lockProgram(tx, known.id);
  const before = await findOfficeOf(tx, program);
  const after = await officeFor(tx, program, wanted, doing.now);
  if (before?.id === after?.id) return [];
  await leaveOffice(tx, program.id, doing.now);
  if (after) await joinOffice(tx, after.id, program.id, doing.now);
  await insertAudit(tx, program.id, doing, [
    { kind: 'setting_changed', subject: 'the office', before: before?.name ?? '', after: after?.name ?? '' },
  ]);
  return [after ? `The program is part of the office of #${after.name}.` : 'The program is part of no office.'];
}

async function officeFor(tx: Db, { workspaceId, timeZone }: Program, wanted: WantedOffice, now: Date) {
  if (wanted.kind === 'none') return null;
  if (wanted.kind === 'known') {
    const found = (await listOfficesNear(tx, workspaceId)).find(({ id }) => id === wanted.id);
    if (!found) throw new Refusal('That office is no longer there. Pick another one.', 'office');
    return found;
  }
  const { channelId, name } = wanted;
  // What is over already is not rolled up.
  const rolledUpFor = monthBefore(monthAt(now, timeZone));
  return upsertOffice(tx, { workspaceId, channelId, name, timeZone, rolledUpFor, createdAt: now });
}
