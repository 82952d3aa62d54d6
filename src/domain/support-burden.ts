import { type Verdict, weeklyVerdict } from './weekly-verdict.ts';

/** The support tickets of a defect in a week. */
export type DefectTickets = { number: number; title: string; area: string; tickets: number };

/** Tickets this week beside the last, and what most of this week's are about, the costliest first. */
export type SupportBurden = {
  verdict: Verdict;
  areas: readonly { area: string; tickets: number }[];
  defects: readonly DefectTickets[];
};

const AREAS = 2;
const DEFECTS = 3;

/**
 * How much of the harm reaches support. One report stands for several tickets, so weeks of tickets vary more than chance
 * would have it, and the verdict is as much more cautious.
 *
 * @param weeks oldest first; the last is the digest's own week
 */
export function supportBurden(
  weeks: readonly { tickets: number }[],
  costs: readonly DefectTickets[],
  isFirstWeek: boolean,
): SupportBurden {
  const areas = [...Map.groupBy(costs, ({ area }) => area)].map(([area, of]) => ({
    area,
    tickets: of.reduce((sum, { tickets }) => sum + tickets, 0),
  }));
  return {
    verdict: weeklyVerdict(
      weeks.map(({ tickets }) => tickets),
      isFirstWeek,
    ),
    areas: areas.toSorted((a, b) => b.tickets - a.tickets).slice(0, AREAS),
    defects: costs.toSorted((a, b) => b.tickets - a.tickets || a.number - b.number).slice(0, DEFECTS),
  };
}

const DAY_MS = 86_400_000;
export const SUPPORT_DAYS = 28;

/** The tickets of a defect in the last four weeks and in the four before; undefined where it never had one. */
export function ticketsLately(
  reports: readonly { supportTickets: number; seenAt: Date }[],
  now: Date,
): { now: number; before: number } | undefined {
  const within = (from: number, to: number) =>
    reports
      .filter(({ seenAt }) => {
        const days = (now.getTime() - seenAt.getTime()) / DAY_MS;
        return days >= from && days < to;
      })
      .reduce((sum, { supportTickets }) => sum + supportTickets, 0);
  if (!reports.some(({ supportTickets }) => supportTickets > 0)) return undefined;
  return { now: within(0, SUPPORT_DAYS), before: within(SUPPORT_DAYS, 2 * SUPPORT_DAYS) };
}
