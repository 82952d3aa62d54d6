/** How the defects, the people and the fixes of a simulated program behave. The bot is told none of it. */
export type Life = {
  name: string;
  /** Fixes go out at any hour, not at midnight. */
  anyHour: boolean;
  /** A failure goes on for so many days in a row; null where each comes by itself. */
  episodeDays: readonly [number, number] | null;
  /** Episodes are rarer than single failures would be, so that there are as many failures. */
  isRarer: boolean;
  weekdaysOnly: boolean;
  /** This share of the reports is filed one to so many days after it was seen. */
  late: { share: number; days: number };
  /** This share of the people reports a defect no more once its fix is claimed. */
  silentShare: number;
  /** This share of those who are asked whether they still see it answers: of those who go on reporting, and of the silent. */
  answers: { goingOn: number; silent: number };
  /** The rate swings by two fifths over half a year, and hardly anybody works on holidays. */
  hasSeasons: boolean;
  /** Fixes reach users little by little, over so many days; whoever claims says when it began and ended. */
  rolloutDays: number;
  /** What a partial fix leaves of the failures. */
  leaves: number;
  /** After two mean gaps of silence a fix is claimed that is said to be out since the last report. */
  datedBack: boolean;
};

export const TODAY: Life = {
  name: 'as it was',
  anyHour: false,
  episodeDays: null,
  isRarer: false,
  weekdaysOnly: false,
  late: { share: 1 / 7, days: 7 },
  silentShare: 0,
  answers: { goingOn: 0.6, silent: 0.2 },
  hasSeasons: false,
  rolloutDays: 0,
  leaves: 0.5,
  datedBack: false,
};

export const LIVES: readonly Life[] = [
  TODAY,
  { ...TODAY, name: 'deployments at any hour', anyHour: true },
  { ...TODAY, name: 'failures go on for 2 to 5 days', anyHour: true, episodeDays: [2, 5] },
  { ...TODAY, name: 'as many failures, in such episodes', anyHour: true, episodeDays: [2, 5], isRarer: true },
  { ...TODAY, name: 'weekdays only', anyHour: true, weekdaysOnly: true },
  { ...TODAY, name: '35 % late, up to 11 days', anyHour: true, late: { share: 0.35, days: 11 } },
  { ...TODAY, name: 'half of the people silent after a claim', anyHour: true, silentShare: 0.5 },
  { ...TODAY, name: 'seasons and holidays', anyHour: true, hasSeasons: true },
  { ...TODAY, name: 'rollouts over 7 days', anyHour: true, rolloutDays: 7 },
  { ...TODAY, name: 'partial fixes leave 20 %', anyHour: true, leaves: 0.2 },
  { ...TODAY, name: 'claimed after silence, dated back', anyHour: true, datedBack: true },
  {
    name: 'all together',
    anyHour: true,
    episodeDays: [2, 5],
    isRarer: false,
    weekdaysOnly: true,
    late: { share: 0.35, days: 11 },
    silentShare: 0.5,
    answers: { goingOn: 0.6, silent: 0.2 },
    hasSeasons: true,
    rolloutDays: 7,
    leaves: 0.2,
    datedBack: false,
  },
];
