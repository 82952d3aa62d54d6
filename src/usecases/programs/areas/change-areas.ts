import { insertAudit } from '../../../db/programs/audit.ts';
import { type Area, lockProgram } from '../../../db/programs/programs.ts';
import { Refusal } from '../../../domain/errors/refusal.ts';
import { areaErrors } from '../../../domain/programs/areas.ts';
import type { AuditChange } from '../../../domain/programs/audit.ts';
import { type Db, type Doing, listAreas, type Program } from '../../doing.ts';
import { type AreasChanged, tellAreas } from './tell-areas.ts';

/** What a lead wants an area to be called; `labels` as typed. */
export type WantedArea = { name: string; labels: string };

type Changed = { audit: AuditChange[]; told: AreasChanged };

/** One after the other in a program, so that no name is given twice. */
export async function changeAreas(
  db: Db,
  program: Program,
  doing: Doing,
  change: (tx: Db, areas: readonly Area[]) => Promise<Changed>,
): Promise<string[]> {
  return db.transaction(async (transaction) => {
    const tx = transaction as unknown as Db;
    const held = await lockProgram(tx, program.id);
    const { audit, told } = await change(tx, await listAreas(tx, program.id));
    if (audit.length === 0) return [];
    return tellAreas(tx, held, { told, auditId: await insertAudit(tx, program.id, doing, audit) }, doing);
  });
}

export function findArea(areas: readonly Area[], areaId: number): Area {
  const area = areas.find(({ id }) => id === areaId);
  if (!area) throw new Refusal('This area is no longer in use. Look at the areas again.');
  return area;
}

export function refuseWrongNames(names: { name: string; labels: string[] }, others: readonly Area[]): void {
  const [first, ...rest] = Object.entries(areaErrors(names, others));
  if (first) throw new Refusal(first[1], first[0], Object.fromEntries(rest));
}
