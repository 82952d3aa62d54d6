import type { SettingsPage } from '../../blocks/programs/settings-page.ts';
import { findProgram } from '../../db/programs/programs.ts';
import { findSample } from '../../db/programs/samples.ts';
import { localDateOn } from '../../domain/time/working-time.ts';
import { type Db, listAreas, type Program } from '../doing.ts';
import { exitCriteriaOf } from '../exit/gather-scorecard.ts';
import { readNextRituals, readSettings } from './read-settings.ts';

/** What the page of the settings shows, as it stands now. */
export async function readSettingsPage(db: Db, known: Program, now: Date): Promise<SettingsPage> {
  const program = (await findProgram(db, known.workspaceId, known.id)) ?? known;
  const areas = await listAreas(db, program.id);
  return {
    programId: program.id,
    channelId: program.channelId,
    ownName: program.nameFollowsChannel ? null : program.name,
    settings: await readSettings(db, program),
    next: await readNextRituals(db, program, now),
    areas: areas.map(({ name }) => name),
    todayOn: localDateOn(now, program.timeZone),
    exit: exitCriteriaOf(program),
    endedAt: program.endedAt,
    hasSample: (await findSample(db, program.id)) !== null,
  };
}
