import type { Db } from '../db/client.ts';
import { type Defect, updateDefect } from '../db/defects.ts';
import { logChange } from '../db/events.ts';
import type { Program } from '../db/programs.ts';
import { listReports, updateReport } from '../db/reports.ts';
import { addToHeatLevel, reportWeight } from '../domain/rank.ts';
import { Refusal } from '../domain/refusal.ts';
import { defectKey } from '../domain/vocabulary.ts';
import { because, type Doing, holdDefect } from './doing.ts';

/** Adds support tickets to the latest report of a defect, and so to its weight. */
export async function addTickets(
  db: Db,
  program: Program,
  told: { number: number; tickets: number; link: string | null },
  doing: Doing,
): Promise<Defect> {
  return db.transaction(async (tx) => {
    const defect = await holdDefect(tx, program, told.number);
    const [latest] = await listReports(tx, defect.id, 1);
    if (!latest) throw new Refusal(`${defectKey(told.number)} has no report that the tickets could belong to.`);
    const supportTickets = latest.supportTickets + told.tickets;
    const weight = reportWeight({ ...latest, supportTickets });
    await updateReport(tx, latest.id, { supportTickets, weight, link: latest.link ?? told.link });
    const words = told.tickets === 1 ? '1 support ticket more' : `${told.tickets} support tickets more`;
    const why = told.link ? `${words}: ${told.link}` : `${words}.`;
    await logChange(tx, defect, 'tickets_added', because(doing, why, { tickets: told.tickets, link: told.link }));
    return updateDefect(tx, defect.id, {
      ticketTotal: defect.ticketTotal + told.tickets,
      heatLevel: addToHeatLevel(
        defect.heatLevel,
        { weight: weight - latest.weight, seenAt: latest.seenAt },
        program.halfLifeDays,
      ),
    });
  });
}
