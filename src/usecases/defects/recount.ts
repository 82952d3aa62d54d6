import { type Defect, updateDefect } from '../../db/defects/defects.ts';
import type { Db } from '../../db/engine/client.ts';
import type { Program } from '../../db/programs/programs.ts';
import { listReportsOldestFirst } from '../../db/reports/reports.ts';
import { heatLevel } from '../../domain/defects/rank.ts';
import { measureQuiet } from './refresh-ranks.ts';

/** Counts a defect's numbers anew from its reports, after some came or went. */
export async function recount(tx: Db, program: Program, defect: Defect, now: Date): Promise<Defect> {
  const reports = await listReportsOldestFirst(tx, defect.id);
  return updateDefect(tx, defect.id, {
    heatLevel: heatLevel(reports, program.halfLifeDays),
    quietHalvings: await measureQuiet(tx, defect.id, now),
    reportCount: reports.length,
    reporterCount: new Set(reports.map(({ reporterId }) => reporterId)).size,
    affectedTotal: reports.reduce((sum, { affected }) => sum + affected, 0),
    ticketTotal: reports.reduce((sum, { supportTickets }) => sum + supportTickets, 0),
    firstSeenAt: reports.at(0)?.seenAt ?? defect.firstSeenAt,
    lastSeenAt: reports.at(-1)?.seenAt ?? defect.lastSeenAt,
  });
}
