import { cadenceWords } from '../../blocks/kit/words.ts';
import { greetingMessage } from '../../blocks/programs/greeting.ts';
import type { Db } from '../../db/engine/client.ts';
import { enqueuePost } from '../../db/messages/outbox.ts';
import {
  deleteEmptyWorkspace,
  findDefaultProgram,
  findProgramByChannel,
  findProgramToCome,
  insertAreas,
  insertProgram,
  type Program,
  updateProgram,
} from '../../db/programs/programs.ts';
import { insertSchedule } from '../../db/programs/schedules.ts';
import { defaultCadences, PROGRAM_DEFAULTS } from '../../domain/programs/program-defaults.ts';
import { NO_WORKSPACE } from '../../domain/programs/program-to-come.ts';
import { cleanLine } from '../../domain/text/clean-text.ts';
import { localDateOn } from '../../domain/time/working-time.ts';
import { DEFAULT_AREAS, RITUALS } from '../../domain/vocabulary.ts';

export type NewProgram = {
  workspaceId: string;
  channelId: string;
  name: string;
  timeZone: string;
  leadIds: readonly string[];
};

const NAME_LIMIT = 100;

/**
 * Starts a program in a channel and greets there. A channel that has one keeps it; what was imported before the first
 * start is that of the first program that starts.
 */
export async function startProgram(db: Db, wanted: NewProgram, now: Date): Promise<Program> {
  return db.transaction(async (tx) => {
    const existing = await findProgramByChannel(tx, wanted.workspaceId, wanted.channelId);
    if (existing) return existing;
    const isFirst = (await findDefaultProgram(tx, wanted.workspaceId)) === null;
    const toCome = await findProgramToCome(tx, wanted.workspaceId);
    const program = toCome
      ? await updateProgram(tx, toCome.id, { ...startOf(wanted), isDefault: isFirst || toCome.isDefault })
      : await insertProgram(tx, {
          ...startOf(wanted),
          workingDays: [...PROGRAM_DEFAULTS.workingDays],
          holidays: [],
          halfLifeDays: PROGRAM_DEFAULTS.halfLifeDays,
          agendaLimit: PROGRAM_DEFAULTS.agendaLimit,
          trancheWeeks: PROGRAM_DEFAULTS.trancheWeeks,
          isDefault: isFirst,
          createdAt: now,
        });
    if (toCome) await deleteEmptyWorkspace(tx, NO_WORKSPACE);
    else await insertAreas(tx, program.id, DEFAULT_AREAS);
    const cadences = defaultCadences(program, localDateOn(now, program.timeZone));
    for (const ritual of RITUALS) {
      await insertSchedule(tx, { programId: program.id, ritual, cadence: cadences[ritual], createdAt: now });
    }
    await enqueuePost(tx, {
      workspaceId: program.workspaceId,
      programId: program.id,
      dedupeKey: `greeting:${program.id}`,
      channel: program.channelId,
      body: greetingMessage({ triage: cadenceWords(cadences.triage), digest: cadenceWords(cadences.digest) }),
      runAt: now,
    });
    return program;
  });
}

function startOf(wanted: NewProgram) {
  return {
    ...wanted,
    name: cleanLine(wanted.name, NAME_LIMIT) || 'Stability',
    leadIds: [...wanted.leadIds],
    facilitatorIds: [...wanted.leadIds],
    nameFollowsChannel: true,
  };
}
