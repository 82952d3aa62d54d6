import type { ChartStyle } from '../digest/charts.ts';
import type { Cadence } from '../time/cadence.ts';

/** When a ritual recurs, as a lead sets it. */
export type Rhythm = Pick<Cadence, 'weekdays' | 'atLocalTime' | 'everyWeeks'>;

export type RitualSettings = {
  triage: Rhythm;
  digest: Rhythm;
  /** On each owner's own clock. */
  reminderTime: string;
  agendaLimit: number;
  charts: ChartStyle;
};

export type CalendarSettings = {
  timeZone: string;
  workingDays: readonly number[];
  holidays: readonly string[];
};

export type PeopleSettings = {
  leadIds: readonly string[];
  /** Null is everybody in the channel. */
  deciderIds: readonly string[] | null;
  /** Whether people of other organisations in the channel may report. */
  strangersMayReport: boolean;
  facilitatorIds: readonly string[];
};

export type RankSettings = { halfLifeDays: number };

/** All that the small forms of the settings change by themselves. */
export type Settings = RitualSettings & CalendarSettings & PeopleSettings & RankSettings;
