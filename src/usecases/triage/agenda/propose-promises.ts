import type { Proposal } from '../../../blocks/triage/triage-words.ts';
import type { Defect } from '../../../db/defects/defects.ts';
import { listLastOwners } from '../../../db/triage/last-owners.ts';
import { defaultDueOn } from '../../../domain/defects/default-due.ts';
import { localDateOn } from '../../../domain/time/working-time.ts';
import { nextInTurn } from '../../../domain/triage/rota.ts';
import { type Db, listAreas, type Program } from '../../doing.ts';

/**
 * Whom triage proposes for each of these defects, and until when, by the id of the defect: its owner, else whoever owns
 * its area, in turns where several do; its date where that is still to come, else what its severity has by default.
 */
export async function proposePromises(
  db: Db,
  program: Program,
  defects: readonly Pick<Defect, 'id' | 'areaId' | 'ownerId' | 'dueOn' | 'severity'>[],
  now: Date,
): Promise<Map<number, Proposal>> {
  const todayOn = localDateOn(now, program.timeZone);
  const areas = new Map((await listAreas(db, program.id)).map((area) => [area.id, area.ownerIds]));
  const last = await listLastOwners(db, program.id);
  const proposals = new Map<number, Proposal>();
  for (const { id, areaId, ownerId, dueOn, severity } of defects) {
    const owner = ownerId ?? nextInTurn(areas.get(areaId) ?? [], last.get(areaId));
    if (!ownerId && owner) last.set(areaId, owner);
    const isToCome = dueOn !== null && dueOn >= todayOn;
    proposals.set(id, { ownerId: owner, dueOn: isToCome ? dueOn : defaultDueOn(severity, todayOn, program) });
  }
  return proposals;
}
