import { insertAudit } from '../../db/programs/audit.ts';
import { lockProgram, updateProgram } from '../../db/programs/programs.ts';
import { Refusal } from '../../domain/errors/refusal.ts';
import type { AuditChange } from '../../domain/programs/audit.ts';
import { type Limited, type ProgramRetention, retentionErrors } from '../../domain/programs/program-retention.ts';
import type { Db, Doing, Program } from '../doing.ts';

const NAMES: Record<Limited, string> = {
  reportWordsDays: 'how many days the words of reports stay',
  deliveryDays: 'how many days raw deliveries stay',
  auditDays: 'how many days the audit stays',
};

/** How long a program keeps what may be limited, as its form shows it. */
export function retentionOf({ reportWordsDays, deliveryDays, auditDays }: Program): ProgramRetention {
  return { reportWordsDays, deliveryDays, auditDays };
}

/** Changes how long things stay. What is older goes with the next night. What is wrong is a Refusal that names its field. */
export async function changeRetention(db: Db, program: Program, wanted: ProgramRetention, doing: Doing): Promise<void> {
  for (const [field, words] of Object.entries(retentionErrors(wanted))) throw new Refusal(words, field);
  await db.transaction(async (transaction) => {
    const tx = transaction as unknown as Db;
    const before = retentionOf(await lockProgram(tx, program.id));
    const changes = (Object.keys(NAMES) as Limited[]).flatMap((name): AuditChange[] => {
      const [was, is] = [before[name] ?? 'for ever', wanted[name] ?? 'for ever'];
      return was === is ? [] : [{ kind: 'retention_changed', subject: NAMES[name], before: was, after: is }];
    });
    if (changes.length === 0) return;
    await updateProgram(tx, program.id, wanted);
    await insertAudit(tx, program.id, doing, changes);
  });
}
