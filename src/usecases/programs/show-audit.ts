import type { Message } from '../../blocks/kit/parts.ts';
import { AUDIT_PAGE, auditMessage } from '../../blocks/programs/audit-message.ts';
import { countAudit, listAudit } from '../../db/programs/audit.ts';
import type { Db, Program } from '../doing.ts';

/** One page of what was changed about the program, newest first. */
export async function showAudit(db: Db, program: Program, offset: number): Promise<Message> {
  return auditMessage({
    program,
    timeZone: program.timeZone,
    entries: await listAudit(db, program.id, { limit: AUDIT_PAGE, offset }),
    total: await countAudit(db, program.id),
    offset,
    pageValue: (next) => JSON.stringify({ programId: program.id, offset: next }),
  });
}
