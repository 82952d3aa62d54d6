import { listReportedDefects, setHeatLevel } from '../../db/defects/defects.ts';
import { insertAudit } from '../../db/programs/audit.ts';
import { lockProgram, type Program, updateProgram } from '../../db/programs/programs.ts';
import { listSchedules, updateSchedule } from '../../db/programs/schedules.ts';
import { listReportsOldestFirst } from '../../db/reports/reports.ts';
import { heatLevel } from '../../domain/defects/rank.ts';
import { Refusal } from '../../domain/errors/refusal.ts';
import {
  type Answers,
  type Contradiction,
  contradictionsIn,
  moveToWorkingDays,
} from '../../domain/programs/contradictions.ts';
import { cadenceUnder } from '../../domain/programs/ritual-cadences.ts';
import type { Settings } from '../../domain/programs/settings.ts';
import { settingsErrors } from '../../domain/programs/settings-errors.ts';
import type { Db, Doing } from '../doing.ts';
import { readNextRituals, readSettings } from './read-settings.ts';
import { settingsChanges } from './settings-changes.ts';
import { tellChange } from './tell-change.ts';

export type SettingsResult =
  /** Nothing is changed before these are answered. */
  | { kind: 'asked'; contradictions: Contradiction[] }
  /** What is different now, a sentence of mrkdwn each; none where nothing is. */
  | { kind: 'saved'; sentences: string[] };

/**
 * Changes some settings in one transaction, or none: what is wrong is a Refusal at its fields, and what contradicts itself
 * is asked about, unless it stands as it stood or is answered.
 */
export async function changeSettings(
  db: Db,
  program: Program,
  patch: Partial<Settings>,
  doing: Doing,
  answers: Answers = {},
): Promise<SettingsResult> {
  return db.transaction(async (transaction) => {
    const tx = transaction as unknown as Db;
    const held = await lockProgram(tx, program.id);
    const before = await readSettings(tx, held);
    const asked = cleaned({ ...before, ...patch });
    refuseWrong(asked);
    const contradictions = unanswered(before, asked, answers);
    if (contradictions.length > 0) return { kind: 'asked', contradictions };
    const toMove = contradictionsIn(asked).filter(({ ritual }) => answers[ritual] === 'move');
    const wanted = moveToWorkingDays(
      asked,
      toMove.map(({ ritual }) => ritual),
    );
    const changes = settingsChanges(before, wanted);
    if (changes.length === 0) return { kind: 'saved', sentences: [] };
    const auditId = await insertAudit(tx, program.id, doing, changes);
    for (const { ritual, cadence } of await listSchedules(tx, program.id)) {
      const changed = cadenceUnder(ritual, cadence, wanted);
      if (JSON.stringify(changed) === JSON.stringify(cadence)) continue;
      await updateSchedule(tx, program.id, ritual, { cadence: changed }, doing.now);
    }
    const { triage: _, digest: __, reminderTime: ___, ...stored } = wanted;
    const after = await updateProgram(tx, program.id, {
      ...stored,
      workingDays: [...wanted.workingDays],
      holidays: [...wanted.holidays],
      leadIds: [...wanted.leadIds],
      deciderIds: wanted.deciderIds && [...wanted.deciderIds],
      facilitatorIds: [...wanted.facilitatorIds],
    });
    if (after.halfLifeDays !== held.halfLifeDays) await reheat(tx, after);
    const next = await readNextRituals(tx, after, doing.now);
    return { kind: 'saved', sentences: await tellChange(tx, after, { before, after: wanted, next, auditId }, doing) };
  });
}

function cleaned(settings: Settings): Settings {
  return { ...settings, holidays: [...new Set(settings.holidays)].sort() };
}

function refuseWrong(wanted: Settings): void {
  const [first, ...others] = Object.entries(settingsErrors(wanted));
  if (first) throw new Refusal(first[1], first[0], Object.fromEntries(others));
  const { deciderIds, leadIds, facilitatorIds } = wanted;
  if (deciderIds !== null && facilitatorIds.some((id) => !deciderIds.includes(id) && !leadIds.includes(id)))
    throw new Refusal(
      'Whoever facilitates must be able to decide. Name them above too, or leave them out.',
      'facilitators',
    );
}

/** What stood before is no news: somebody chose it. */
function unanswered(before: Settings, asked: Settings, answers: Answers): Contradiction[] {
  const known = new Set(contradictionsIn(before).map(({ ritual, weekday }) => `${ritual} ${weekday}`));
  return contradictionsIn(asked).filter(
    ({ ritual, weekday }) => !answers[ritual] && !known.has(`${ritual} ${weekday}`),
  );
}

/** Another half-life is another order: every level is counted anew. */
async function reheat(tx: Db, program: Program): Promise<void> {
  for (const id of await listReportedDefects(tx, program.id)) {
    await setHeatLevel(tx, id, heatLevel(await listReportsOldestFirst(tx, id), program.halfLifeDays));
  }
}
