import { knownIn } from '../reports/known-in.ts';
import { DAY_MS } from '../time/durations.ts';

/** Support tickets this week and in the week before. */
export type Tickets = { tickets: number; ticketsBefore: number };
export type DefectTickets = Tickets & { number: number; area: string };

/** What most of this week's tickets are about, the costliest first. */
export type SupportBurden = {
  areas: readonly (Tickets & { area: string })[];
  defects: readonly DefectTickets[];
};

const AREAS = 2;
const DEFECTS = 3;

/** How much of the harm reaches support, and by what. */
export function supportBurden(costs: readonly DefectTickets[]): SupportBurden {
  const areas = [...Map.groupBy(costs, ({ area }) => area)].map(([area, of]) => ({
    area,
    tickets: of.reduce((sum, { tickets }) => sum + tickets, 0),
    ticketsBefore: of.reduce((sum, { ticketsBefore }) => sum + ticketsBefore, 0),
  }));
  const costly = <T extends Tickets>(all: readonly T[], most: number) =>
    all
      .filter(({ tickets }) => tickets > 0)
      .toSorted((a, b) => b.tickets - a.tickets)
      .slice(0, most);
  return {
    areas: costly(areas, AREAS),
    defects: costly(
      costs.toSorted((a, b) => a.number - b.number),
      DEFECTS,
    ),
  };
}

export const SUPPORT_DAYS = 28;

/** The tickets of a defect in the last four weeks and in the four before, as known when each ended; undefined where it never had one. */
export function ticketsLately(
  reports: readonly { supportTickets: number; seenAt: Date; filedAt: Date }[],
  now: Date,
): { now: number; before: number } | undefined {
  const ago = (days: number) => new Date(now.getTime() - days * DAY_MS);
  const within = (from: number, to: number) =>
    knownIn(reports, { after: ago(to), upTo: ago(from) }).reduce((sum, { supportTickets }) => sum + supportTickets, 0);
  if (!reports.some(({ supportTickets }) => supportTickets > 0)) return undefined;
  return { now: within(0, SUPPORT_DAYS), before: within(SUPPORT_DAYS, 2 * SUPPORT_DAYS) };
}
