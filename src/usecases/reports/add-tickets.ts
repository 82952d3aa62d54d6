import { type Defect, findDefect, updateDefect } from '../../db/defects/defects.ts';
import { logChange } from '../../db/defects/events.ts';
import type { Db } from '../../db/engine/client.ts';
import type { Program } from '../../db/programs/programs.ts';
import { listReports, updateReport } from '../../db/reports/reports.ts';
import { addToHeatLevel, reportWeight } from '../../domain/defects/rank.ts';
import { Refusal } from '../../domain/errors/refusal.ts';
import { MOST_TICKETS } from '../../domain/reports/counts.ts';
import { isWebAddress } from '../../domain/reports/report-draft.ts';
import { cleanLine } from '../../domain/text/clean-text.ts';
import { counted } from '../../domain/text/counted.ts';
import { localDateOn } from '../../domain/time/working-time.ts';
import { defectKey } from '../../domain/vocabulary.ts';
import { recount } from '../defects/recount.ts';
import { because, type Doing, holdDefect } from '../doing.ts';

/** `tickets` below none takes back what was told wrongly. */
export type TicketsTold = { number: number; tickets: number; link: string | null };

/** The day of the report that added tickets count with; null where some were taken back. */
export type TicketsAdded = { defect: Defect; reportOn: string | null };

/** Adds support tickets to the latest report of a defect, and so to its weight, or takes some back. */
export async function addTickets(db: Db, program: Program, told: TicketsTold, doing: Doing): Promise<TicketsAdded> {
  return db.transaction(async (tx) => {
    const defect = await holdDefect(tx, program, told.number);
    const count = Math.abs(told.tickets);
    if (!Number.isInteger(count) || count < 1 || count > MOST_TICKETS)
      throw new Refusal(`Say how many support tickets: a whole number, at most ${MOST_TICKETS.toLocaleString('en')}.`);
    const link = cleanLine(told.link) || null;
    if (link && !isWebAddress(link)) throw new Refusal('Write a link that starts with https:// or http://.');
    const words = `${counted(count, 'support ticket')} ${told.tickets > 0 ? 'more' : 'fewer'}`;
    const why = link ? `${words}: ${link}` : `${words}.`;
    await logChange(tx, defect, 'tickets_added', because(doing, why, { tickets: told.tickets, link }));
    return told.tickets > 0
      ? addToLatest(tx, program, defect, { ...told, link })
      : takeBack(tx, program, defect, count, doing.now);
  });
}

async function addToLatest(
  tx: Db,
  program: Program,
  defect: Defect,
  { tickets, link }: TicketsTold,
): Promise<TicketsAdded> {
  const [latest] = await listReports(tx, defect.id, 1);
  if (!latest) throw new Refusal(await noReportWords(tx, program, defect, tickets));
  const supportTickets = latest.supportTickets + tickets;
  if (supportTickets > MOST_TICKETS)
    throw new Refusal(`A report stands for at most ${MOST_TICKETS.toLocaleString('en')} support tickets.`);
  const weight = reportWeight({ ...latest, supportTickets });
  await updateReport(tx, latest.id, { supportTickets, weight, link: latest.link ?? link });
  const added = { weight: weight - latest.weight, seenAt: latest.seenAt };
  const updated = await updateDefect(tx, defect.id, {
    ticketTotal: defect.ticketTotal + tickets,
    heatLevel: addToHeatLevel(defect.heatLevel, added, program.halfLifeDays),
  });
  return { defect: updated, reportOn: localDateOn(latest.seenAt, program.timeZone) };
}

/** From the latest reports first. */
async function takeBack(tx: Db, program: Program, defect: Defect, count: number, now: Date): Promise<TicketsAdded> {
  const key = defectKey(defect.number);
  if (count > defect.ticketTotal)
    throw new Refusal(`${key} stands for ${defect.ticketTotal}, so ${count} cannot be taken back.`);
  let left = count;
  for (const report of (await listReports(tx, defect.id)).filter(({ supportTickets }) => supportTickets > 0)) {
    if (left === 0) break;
    const supportTickets = Math.max(0, report.supportTickets - left);
    left -= report.supportTickets - supportTickets;
    await updateReport(tx, report.id, { supportTickets, weight: reportWeight({ ...report, supportTickets }) });
  }
  return { defect: await recount(tx, program, defect, now), reportOn: null };
}

async function noReportWords(tx: Db, program: Program, defect: Defect, tickets: number): Promise<string> {
  const whole = defect.mergedIntoId === null ? null : await findDefect(tx, program.id, defect.mergedIntoId);
  return whole
    ? `${defectKey(defect.number)} is part of ${defectKey(whole.number)} now: \`tickets ${whole.number} ${tickets}\`.`
    : `${defectKey(defect.number)} has no report that the tickets could belong to.`;
}
