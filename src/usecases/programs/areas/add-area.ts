import { listAreaNames } from '../../../db/digest/digest-facts.ts';
import { insertArea, updateArea } from '../../../db/programs/areas.ts';
import { parseLabels } from '../../../domain/programs/areas.ts';
import type { Db, Doing, Program } from '../../doing.ts';
import { changeAreas, refuseWrongNames, type WantedArea } from './change-areas.ts';

/** Answers what is different now, in mrkdwn. A name that an area once had brings that one back, empty. */
export async function addArea(db: Db, program: Program, wanted: WantedArea, doing: Doing): Promise<string[]> {
  return changeAreas(db, program, doing, async (tx, areas) => {
    const names = { name: wanted.name, labels: parseLabels(wanted.labels, wanted.name) };
    refuseWrongNames(names, areas);
    const position = Math.max(-1, ...areas.map((area) => area.position)) + 1;
    const ever = await listAreaNames(tx, program.id);
    const [retired] = [...ever].find(([, name]) => name === names.name) ?? [];
    if (retired === undefined) await insertArea(tx, { programId: program.id, position, ...names });
    else await updateArea(tx, retired, { ...names, position, retiredIntoId: null });
    return {
      audit: [{ kind: 'area_added', subject: names.name, before: null, after: null }],
      told: { kind: 'added', name: names.name, labels: names.labels },
    };
  });
}
