import type { RuleFacts } from '../../blocks/grouping/rule-modals.ts';
import { listDefects } from '../../db/defects/defects.ts';
import { listGroupingRules } from '../../db/grouping/grouping-rules.ts';
import { listAreas } from '../../db/programs/programs.ts';
import { localDateOn } from '../../domain/time/working-time.ts';
import type { Db, Program } from '../doing.ts';
import { findTargetId } from './find-rule.ts';

/** The rules of a program as people see them: those that are on first, the newest first of each. */
export async function readRules(db: Db, program: Program): Promise<RuleFacts[]> {
  const rules = await listGroupingRules(db, program.id);
  const areas = new Map((await listAreas(db, program.id)).map(({ id, name }) => [id, name]));
  const targetIds = new Map<number, number>();
  for (const { defectId } of rules) {
    if (!targetIds.has(defectId)) targetIds.set(defectId, await findTargetId(db, program, defectId));
  }
  const targets = new Map((await listDefects(db, program.id, [...targetIds.values()])).map((one) => [one.id, one]));
  const on = (at: Date) => localDateOn(at, program.timeZone);
  return rules
    .flatMap((rule) => {
      const target = targets.get(targetIds.get(rule.defectId) ?? 0);
      if (!target) return [];
      const { id, words, savedBy, joined, stoppedAt } = rule;
      const moved = rule.moved?.from.reduce((sum, { reportIds }) => sum + reportIds.length, 0) ?? 0;
      const stopped = stoppedAt ? { by: rule.stoppedBy ?? '', on: on(stoppedAt) } : null;
      const area = rule.areaId === null ? null : (areas.get(rule.areaId) ?? 'another area');
      const { number, title } = target;
      return [
        { id, words, area, target: { number, title }, savedBy, savedOn: on(rule.savedAt), stopped, joined, moved },
      ];
    })
    .sort((a, b) => Number(a.stopped !== null) - Number(b.stopped !== null) || b.id - a.id);
}
