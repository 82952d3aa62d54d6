import type { Message } from '../../blocks/kit/parts.ts';
import { type Board, boardMessage, homeView } from '../../blocks/programs/home-view.ts';
import { countRanked, type DefectInArea, listAsked, listRanked } from '../../db/defects/defects.ts';
import type { Db } from '../../db/engine/client.ts';
import type { Program } from '../../db/programs/programs.ts';
import { findSample } from '../../db/programs/samples.ts';
import { listSchedules } from '../../db/programs/schedules.ts';
import { may, type Role } from '../../domain/people/roles.ts';
import { assembleReliability } from '../../domain/reliability/reliability-report.ts';
import { nextInstant } from '../../domain/time/cadence.ts';
import { weekBounds } from '../../domain/time/week-bounds.ts';
import { localDateOn } from '../../domain/time/working-time.ts';
import { describeDefect } from '../defects/describe-defect.ts';
import type { Doing } from '../doing.ts';
import { gatherReliability } from '../reliability/gather-reliability.ts';

/** What one person's board shows at most in each part. */
const SHOWN = 8;

/** Somebody's own items as a message, for `/defect board`. */
export async function readBoard(db: Db, program: Program, role: Role, doing: Doing): Promise<Message> {
  return boardMessage(await gatherBoard(db, program, role, doing));
}

/** App Home. */
export async function readHome(db: Db, program: Program, role: Role, doing: Doing) {
  return homeView(await gatherBoard(db, program, role, doing));
}

async function gatherBoard(db: Db, program: Program, role: Role, { by, now }: Doing): Promise<Board> {
  const owned = await listRanked(db, program.id, { kind: 'owner', userId: by }, { limit: 100 });
  const asked = await listAsked(db, program.id, by, SHOWN);
  const top = await listRanked(db, program.id, { kind: 'all' }, { limit: 5 });
  const facts = (defects: readonly DefectInArea[]) => defects.map((defect) => describeDefect(defect, program, now));
  const todayOn = localDateOn(now, program.timeZone);
  return {
    programId: program.id,
    program,
    todayOn,
    open: await countRanked(db, program.id, { kind: 'all' }),
    proving: await countRanked(db, program.id, { kind: 'proving' }),
    unowned: await countRanked(db, program.id, { kind: 'unowned' }),
    overdue: await countRanked(db, program.id, { kind: 'overdue', todayOn }),
    waiting: facts(asked),
    owned: facts(owned.filter(({ state }) => state !== 'claimed')).slice(0, SHOWN),
    ownProving: facts(owned.filter(({ state }) => state === 'claimed')).slice(0, SHOWN),
    top: facts(top),
    reliability: assembleReliability(await gatherReliability(db, program, weekBounds(program, now))) ?? null,
    next: await nextRituals(db, program, now),
    mayChangeSettings: may(role, 'lead'),
    hasSample: (await findSample(db, program.id)) !== null,
    timeZone: program.timeZone,
  };
}

async function nextRituals(db: Db, program: Program, now: Date): Promise<Board['next']> {
  const schedules = await listSchedules(db, program.id);
  return schedules
    .filter(({ enabled, ritual }) => enabled && (ritual === 'triage' || ritual === 'digest'))
    .map(({ ritual, cadence }) => ({ ritual, at: nextInstant(cadence, now) }));
}
