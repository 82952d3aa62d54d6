import { logChange } from '../../../db/defects/events.ts';
import {
  countHoldings,
  listOpenInArea,
  listProvenByFigureOf,
  moveHoldings,
  updateArea,
} from '../../../db/programs/areas.ts';
import type { Area } from '../../../db/programs/programs.ts';
import { Refusal } from '../../../domain/errors/refusal.ts';
import { labelsTakenOver } from '../../../domain/programs/areas.ts';
import { defectKey } from '../../../domain/vocabulary.ts';
import { because, type Db, type Doing, type Program } from '../../doing.ts';
import { changeAreas, findArea } from './change-areas.ts';

/** All that an area holds goes to another one, which senders reach by the names of both. */
export async function retireArea(
  db: Db,
  program: Program,
  areaId: number,
  intoId: number,
  doing: Doing,
): Promise<string[]> {
  return changeAreas(db, program, doing, async (tx, areas) => {
    const area = findArea(areas, areaId);
    const into = areas.find(({ id }) => id === intoId);
    if (!into || intoId === areaId) throw new Refusal('Pick another area of this program.', 'into');
    await refuseInUse(tx, area);
    const open = await listOpenInArea(tx, areaId);
    const why = `The area ${area.name} was retired into ${into.name}.`;
    for (const defect of open)
      await logChange(tx, defect, 'area_changed', because(doing, why, { from: areaId, to: intoId }));
    await moveHoldings(tx, areaId, intoId);
    await updateArea(tx, areaId, { labels: [], retiredIntoId: intoId });
    await updateArea(tx, intoId, { labels: labelsTakenOver(into, area) });
    return {
      audit: [{ kind: 'area_retired', subject: area.name, before: null, after: into.name }],
      told: { kind: 'retired', name: area.name, into: into.name, openDefects: open.length },
    };
  });
}

/** What is promised of an area, and the fixes that its figures prove, would be about nothing. */
async function refuseInUse(tx: Db, { id, name }: Area): Promise<void> {
  const { hasMetrics } = await countHoldings(tx, id);
  if (hasMetrics) throw new Refusal(`${name} has an objective or metrics. Clear them under Reliability first.`, 'into');
  const proven = await listProvenByFigureOf(tx, id);
  if (proven.length > 0) {
    const keys = proven.slice(0, 3).map(defectKey).join(', ');
    throw new Refusal(`A figure of ${name} proves the fix of ${keys}. Change how that is judged first.`, 'into');
  }
}
