import type { indexReports } from '../db/grouping/matching.ts';
import type { Program } from '../db/programs/programs.ts';
import type { SampleRows } from '../db/programs/samples.ts';
import type { SampleDefect } from './sample-tables.ts';

/** What a sample history is played with. */
export type Stage = {
  program: Program;
  /** Where the history ends. */
  now: Date;
  cast: Cast;
  areaIds: ReadonlyMap<string, number>;
  /** How a report is made findable. */
  index: typeof indexReports;
  /** Each defect that has been reported so far, by its key in the tables. */
  reported: Map<string, { id: number; number: number }>;
  /** What was put beside the defects and their reports. */
  beside: SampleRows;
};

/** Who takes part. Seats are counted from 0 and go round where there are fewer people. */
export type Cast = { size: number; person: (seat: number) => string };

/** They have no Slack user ids, so that nobody is mentioned, asked or reminded. */
export const INVENTED: readonly string[] = ['Mira (sample)', 'Jonas (sample)', 'Priya (sample)', 'Tomás (sample)'];

export function castOf(people: readonly string[]): Cast {
  const present = [...new Set(people)];
  return { size: present.length, person: (seat) => pickRound(present, seat) };
}

export function numberOf({ reported }: Stage, key: string): number {
  const defect = reported.get(key);
  if (!defect) throw new Error(`The sample defect ${key} has a step before its first report.`);
  return defect.number;
}

/** Whose seat a defect is: its owner reports it first, and owns it once it is accepted. */
export function ownerSeat({ steps = [] }: SampleDefect): number {
  return steps.flatMap((step) => (step.do === 'accept' ? [step.owner] : [])).at(0) ?? 0;
}

/** The entry at a place, from the start again after the last. */
export function pickRound<T>(from: readonly T[], place: number): T {
  const one = from[place % from.length];
  if (one === undefined) throw new RangeError('There is nothing to pick from.');
  return one;
}
