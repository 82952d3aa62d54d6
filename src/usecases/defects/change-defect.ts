import { type Defect, updateDefect } from '../../db/defects/defects.ts';
import { logChange } from '../../db/defects/events.ts';
import type { Db } from '../../db/engine/client.ts';
import { listAreas, type Program } from '../../db/programs/programs.ts';
import { isOpen } from '../../domain/defects/lifecycle.ts';
import { requireReason } from '../../domain/defects/require-reason.ts';
import { Refusal } from '../../domain/errors/refusal.ts';
import { localDateOn } from '../../domain/time/working-time.ts';
import { defectKey, type Severity } from '../../domain/vocabulary.ts';
import { because, type Doing, holdDefect } from '../doing.ts';
import { tellOwners } from '../reminders/tell-owners.ts';

export async function assignOwner(
  db: Db,
  program: Program,
  number: number,
  ownerId: string,
  doing: Doing,
): Promise<Defect> {
  return db.transaction(async (tx) => {
    const defect = await holdOpen(tx, program, number);
    const why = doing.through ? `${doing.through.key} was assigned to the new owner.` : 'A new owner.';
    await logChange(tx, defect, 'assigned', because(doing, why, { from: defect.ownerId, to: ownerId }));
    const assigned = await updateDefect(tx, defect.id, { ownerId });
    await tellOwners(tx, program, assigned, defect.ownerId, doing);
    return assigned;
  });
}

export async function changeDue(
  db: Db,
  program: Program,
  number: number,
  due: { dueOn: string; reason: string },
  doing: Doing,
): Promise<Defect> {
  return db.transaction(async (tx) => {
    const defect = await holdOpen(tx, program, number);
    if (due.dueOn < localDateOn(doing.now, program.timeZone)) {
      throw new Refusal('The due date has passed. Pick today or a later day.', 'due');
    }
    const why = requireReason(due.reason);
    await logChange(tx, defect, 'due_changed', because(doing, why, { from: defect.dueOn, to: due.dueOn }));
    return updateDefect(tx, defect.id, { dueOn: due.dueOn });
  });
}

/** Severity and area change with a reason, since a list can be made shorter by changing its labels. */
export async function relabelDefect(
  db: Db,
  program: Program,
  number: number,
  label: { severity?: Severity; areaId?: number; reason: string },
  doing: Doing,
): Promise<Defect> {
  return db.transaction(async (tx) => {
    const defect = await holdOpen(tx, program, number);
    const why = requireReason(label.reason);
    const areas = await listAreas(tx, program.id);
    if (label.areaId !== undefined && !areas.some(({ id }) => id === label.areaId)) {
      throw new Refusal('Pick one of the areas of this program.', 'area');
    }
    const patch: Partial<Defect> = {};
    if (label.severity && label.severity !== defect.severity) {
      patch.severity = label.severity;
      const data = { from: defect.severity, to: label.severity };
      await logChange(tx, defect, 'severity_changed', because(doing, why, data));
    }
    if (label.areaId !== undefined && label.areaId !== defect.areaId) {
      patch.areaId = label.areaId;
      await logChange(tx, defect, 'area_changed', because(doing, why, { from: defect.areaId, to: label.areaId }));
    }
    return Object.keys(patch).length > 0 ? updateDefect(tx, defect.id, patch) : defect;
  });
}

async function holdOpen(tx: Db, program: Program, number: number): Promise<Defect> {
  const defect = await holdDefect(tx, program, number);
  if (!isOpen(defect.state)) throw new Refusal(`${defectKey(number)} is closed. Only an open defect can change.`);
  return defect;
}
