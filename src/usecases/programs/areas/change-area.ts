import { updateArea } from '../../../db/programs/areas.ts';
import { labelsAfterRename } from '../../../domain/programs/areas.ts';
import type { AuditChange } from '../../../domain/programs/audit.ts';
import type { Db, Doing, Program } from '../../doing.ts';
import { changeAreas, findArea, refuseWrongNames, type WantedArea } from './change-areas.ts';

/** Senders that call it by its old name still reach it. */
export async function changeArea(
  db: Db,
  program: Program,
  areaId: number,
  wanted: WantedArea,
  doing: Doing,
): Promise<string[]> {
  return changeAreas(db, program, doing, async (tx, areas) => {
    const area = findArea(areas, areaId);
    const names = {
      name: wanted.name,
      labels: labelsAfterRename(wanted.labels, { was: area.name, is: wanted.name }),
    };
    refuseWrongNames(
      names,
      areas.filter(({ id }) => id !== areaId),
    );
    await updateArea(tx, areaId, names);
    const [before, after] = [area.labels.join(', '), names.labels.join(', ')];
    const subject = `the labels of ${names.name}`;
    const audit: AuditChange[] = [
      ...(area.name === names.name
        ? []
        : [{ kind: 'area_renamed' as const, subject: area.name, before: null, after: names.name }]),
      ...(before === after ? [] : [{ kind: 'setting_changed' as const, subject, before, after }]),
    ];
    return { audit, told: { kind: 'changed', was: area.name, name: names.name, labels: names.labels } };
  });
}
