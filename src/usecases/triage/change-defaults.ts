import { SPAN_WORDS } from '../../blocks/kit/words.ts';
import type { TriageDefaults } from '../../blocks/triage/defaults-form.ts';
import { updateArea } from '../../db/programs/areas.ts';
import { insertAudit } from '../../db/programs/audit.ts';
import { lockProgram, updateProgram } from '../../db/programs/programs.ts';
import type { DueSpan } from '../../domain/defects/default-due.ts';
import type { AuditChange } from '../../domain/programs/audit.ts';
import { SEVERITIES } from '../../domain/vocabulary.ts';
import { type Db, type Doing, listAreas, type Program } from '../doing.ts';

export type WantedDefaults = { ownerIds: ReadonlyMap<number, readonly string[]>; dueSpans: readonly DueSpan[] };

/** What triage proposes in a program, as its form shows it. */
export async function readDefaults(db: Db, program: Program): Promise<TriageDefaults> {
  return { areas: await listAreas(db, program.id), dueSpans: program.dueSpans };
}

/** Changes who owns what comes in each area, and how long each severity may take. An area that is not named stays. */
export async function changeDefaults(db: Db, program: Program, wanted: WantedDefaults, doing: Doing): Promise<void> {
  await db.transaction(async (transaction) => {
    const tx = transaction as unknown as Db;
    const held = await lockProgram(tx, program.id);
    const changes: AuditChange[] = [];
    for (const { id, name, ownerIds } of await listAreas(tx, program.id)) {
      const after = wanted.ownerIds.get(id) ?? ownerIds;
      if (after.join() === ownerIds.join()) continue;
      await updateArea(tx, id, { ownerIds: [...after] });
      changes.push({ kind: 'role_changed', subject: `who owns ${name}`, before: ownerIds, after });
    }
    for (const [i, severity] of SEVERITIES.entries()) {
      const [before, after] = [held.dueSpans[i], wanted.dueSpans[i]];
      if (!before || !after || before === after) continue;
      const subject = `how long ${severity} may take`;
      changes.push({ kind: 'setting_changed', subject, before: SPAN_WORDS[before], after: SPAN_WORDS[after] });
    }
    if (changes.length === 0) return;
    await updateProgram(tx, program.id, { dueSpans: [...wanted.dueSpans] });
    await insertAudit(tx, program.id, doing, changes);
  });
}
