import { type CostlySilence, type HarmShare, whyMessage } from '../../blocks/defects/why-message.ts';
import type { Message } from '../../blocks/kit/parts.ts';
import { type Defect, findLessHarmfulAhead } from '../../db/defects/defects.ts';
import { findSilence } from '../../db/defects/silences.ts';
import type { Db } from '../../db/engine/client.ts';
import type { Program } from '../../db/programs/programs.ts';
import { listReports, type Report } from '../../db/reports/reports.ts';
import { isOpen } from '../../domain/defects/lifecycle.ts';
import { harmOfReport } from '../../domain/defects/rank.ts';
import { DAY_MS } from '../../domain/time/durations.ts';
import { localDateOn } from '../../domain/time/working-time.ts';
import { harmNow } from './describe-defect.ts';
import { budgetShareOf, findOrRefuse, placeOf } from './show-defect.ts';

const SHOWN_LINES = 12;

/** Where a defect's harm comes from, report by report; equal reports of one day share a line. */
export async function explainRank(db: Db, program: Program, number: number, now: Date): Promise<Message> {
  const defect = await findOrRefuse(db, program, number);
  const reports = await listReports(db, defect.id);
  const shares = sharesOf(reports, program, now);
  const shown = shares.slice(0, SHOWN_LINES);
  const rest = shares.slice(SHOWN_LINES);
  const rounded = shown.map((share) => ({ ...share, harm: hundredths(share.harm) }));
  const restHarm = hundredths(sum(rest.map(({ harm }) => harm)));
  return whyMessage({
    number,
    title: defect.title,
    place: await placeOf(db, program, defect),
    silence: await silenceOf(db, program, defect, now),
    // The printed lines make the printed sum.
    total: sum(rounded.map(({ harm }) => harm)) + restHarm,
    halfLifeDays: program.halfLifeDays,
    todayOn: localDateOn(now, program.timeZone),
    shares: rounded,
    budgetShare: await budgetShareOf(db, program, defect, now),
    rest: { reports: sum(rest.map((share) => share.reports)), harm: restHarm },
  });
}

/** Open defects are ranked; of one whose silence costs it nothing there is nothing to say. */
async function silenceOf(db: Db, program: Program, defect: Defect, now: Date): Promise<CostlySilence | null> {
  const { quietHalvings } = defect;
  if (!isOpen(defect.state) || quietHalvings === 0) return null;
  const silence = await findSilence(db, defect.id, now);
  if (!silence) return null;
  const ahead = await findLessHarmfulAhead(db, program.id, defect);
  return {
    ...silence,
    quietHalvings,
    ahead: ahead && { number: ahead.number, harm: harmNow(ahead, program, now) },
  };
}

/** The largest shares first. */
function sharesOf(reports: readonly Report[], program: Program, now: Date): HarmShare[] {
  const lines = Map.groupBy(reports, ({ seenAt, severity, affected, supportTickets }) =>
    [localDateOn(seenAt, program.timeZone), severity, affected, supportTickets].join(' '),
  );
  return [...lines.values()]
    .map((same) => {
      const [newest] = same as [Report, ...Report[]];
      return {
        on: localDateOn(newest.seenAt, program.timeZone),
        reports: same.length,
        severity: newest.severity,
        affected: newest.affected,
        supportTickets: newest.supportTickets,
        weight: newest.weight,
        daysOld: (now.getTime() - newest.seenAt.getTime()) / DAY_MS,
        harm: sum(same.map((report) => harmOfReport(report, now, program.halfLifeDays))),
      };
    })
    .sort((a, b) => b.harm - a.harm);
}

function sum(numbers: readonly number[]): number {
  return numbers.reduce((total, number) => total + number, 0);
}

function hundredths(value: number): number {
  return Math.round(value * 100) / 100;
}
