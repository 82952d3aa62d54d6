import type { Db } from '../db/engine/client.ts';
import { mustBe } from '../db/programs/programs.ts';
import type { Random } from '../domain/stats/random.ts';
import { type IncomingReport, joinDefect, openDefects } from '../usecases/reports/record-report.ts';
import { ownerSeat, pickRound, type Stage } from './sample-stage.ts';
import type { Happening } from './sample-timeline.ts';

type Reported = Extract<Happening, { kind: 'report' }>;

/** Files one report of a sample history, as the first of its defect or joined to it. */
export async function playReport(tx: Db, stage: Stage, happening: Reported, random: Random): Promise<void> {
  const { program, reported } = stage;
  const { key } = happening.defect;
  const incoming = incomingReport(stage, happening, random);
  const known = reported.get(key);
  if (known) await joinDefect(tx, program, known.id, incoming, stage.index);
  else reported.set(key, mustBe((await openDefects(tx, program, [incoming], stage.index))[0]));
}

function incomingReport(stage: Stage, { at, area, defect, nth }: Reported, random: Random): IncomingReport {
  const { told, affected = [0, 3], tickets = 0, environments = ['production'], vendor } = defect;
  const machine = nth % 2 === 1 ? defect.machine : undefined;
  const [title, description] = machine ? machine.told : pickRound(told, storyOf(nth, defect));
  const [fewest, most] = affected;
  // Squared, since most reports know of few accounts and some of many.
  const share = random() ** 2;
  const seat = nth === 0 ? ownerSeat(defect) : Math.floor(random() * stage.cast.size);
  return {
    title,
    description,
    areaId: stage.areaIds.get(area) ?? 0,
    severity: defect.severity,
    affected: Math.round(fewest + share * (most - fewest)),
    supportTickets: random() < 0.4 ? Math.round(random() * tickets) : 0,
    environment: random() < 0.85 ? pickRound(environments, Math.floor(random() * environments.length)) : null,
    link: random() < 0.3 ? linkOf(defect.key, machine !== undefined, random) : null,
    seenAt: new Date(at.getTime() - Math.floor(random() * 45) * 60_000),
    filedAt: at,
    reporterId: machine ? machine.name : stage.cast.person(seat),
    source: machine ? 'signal' : 'slack',
    sourceKey: `sample:${defect.key}:${nth}`,
    vendor: vendor && (nth + 1) % vendor.every === 0 ? vendor.name : null,
  };
}

// Where a machine files every other report, people tell the ones between.
function storyOf(nth: number, { machine }: Reported['defect']): number {
  return machine ? nth / 2 : nth;
}

function linkOf(key: string, fromMachine: boolean, random: Random): string {
  const id = 10_000 + Math.floor(random() * 80_000);
  return fromMachine
    ? `https://alerts.kitebarn.example/${key}/${id}`
    : `https://support.kitebarn.example/tickets/${id}`;
}
