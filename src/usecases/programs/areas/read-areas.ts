import type { AreaFacts, AreaHoldings } from '../../../blocks/programs/area-forms.ts';
import { countHoldings, countOpenByArea } from '../../../db/programs/areas.ts';
import { type Db, listAreas, type Program } from '../../doing.ts';

/** The areas in use, as settings show them. */
export async function readAreas(db: Db, program: Program): Promise<AreaFacts[]> {
  const open = await countOpenByArea(db, program.id);
  const areas = await listAreas(db, program.id);
  return areas.map(({ id, name, labels }) => ({ id, name, labels, openDefects: open.get(id) ?? 0 }));
}

/** What would move with an area. */
export async function readHoldings(db: Db, areaId: number): Promise<AreaHoldings> {
  return countHoldings(db, areaId);
}
