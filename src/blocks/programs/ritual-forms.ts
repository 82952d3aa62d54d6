import type { InputBlock, ModalView } from '@slack/types';
import { CHART_STYLES, type ChartStyle } from '../../domain/digest/charts.ts';
import type { Contradiction } from '../../domain/programs/contradictions.ts';
import type { CalendarSettings, RankSettings, RitualSettings } from '../../domain/programs/settings.ts';
import { MOST_AGENDA_ITEMS, MOST_HALF_LIFE_DAYS } from '../../domain/programs/settings-errors.ts';
import { LEAD_VIEWS } from '../kit/ids.ts';
import { choiceInput, numberInput, textInput, timeInput, weekdaysInput } from '../kit/inputs.ts';
import { mrkdwn } from '../kit/mrkdwn.ts';
import { option, section } from '../kit/parts.ts';
import { settingsForm } from './settings-form.ts';

/** block_id and action_id are the same for every input of a form. */
export const RITUAL_INPUTS = {
  triageDay: 'triage_day',
  triageTime: 'triage_time',
  triageWeeks: 'triage_weeks',
  agendaLimit: 'agenda_limit',
  digestDay: 'digest_day',
  digestTime: 'digest_time',
  digestWeeks: 'digest_weeks',
  charts: 'charts',
  reminderTime: 'reminder_time',
} as const;

export const CALENDAR_INPUTS = { timeZone: 'time_zone', workingDays: 'working_days', holidays: 'holidays' } as const;

export const RANK_INPUTS = { halfLife: 'half_life' } as const;

/** What is asked where settings contradict each other. */
export const QUESTION_INPUTS = { triage: 'move_triage', digest: 'move_digest' } as const;

/** `metadata` is the program's id. */
export function ritualsForm(
  settings: RitualSettings,
  metadata: string,
  questions: readonly Contradiction[] = [],
): ModalView {
  const { triage, digest } = settings;
  const INPUT = RITUAL_INPUTS;
  return settingsForm(LEAD_VIEWS.rituals, 'Rituals', metadata, [
    ...questions.map(question),
    section(mrkdwn`*Triage*`),
    weekdaysInput(INPUT.triageDay, { label: 'Opens on', initial: triage.weekdays }),
    timeInput(INPUT.triageTime, { label: 'At', initial: triage.atLocalTime }),
    weeksInput(INPUT.triageWeeks, 'Every', triage.everyWeeks),
    numberInput(INPUT.agendaLimit, {
      label: 'Items on its agenda at most',
      hint: 'What does not fit comes first in a later one.',
      initial: settings.agendaLimit,
      least: 1,
      most: MOST_AGENDA_ITEMS,
    }),
    section(mrkdwn`*Digest*`),
    weekdaysInput(INPUT.digestDay, { label: 'Comes on', initial: digest.weekdays }),
    timeInput(INPUT.digestTime, { label: 'At', initial: digest.atLocalTime }),
    weeksInput(INPUT.digestWeeks, 'Every', digest.everyWeeks),
    chartsInput(settings.charts),
    section(mrkdwn`*Reminders*`),
    timeInput(INPUT.reminderTime, { label: "At, on each owner's own clock", initial: settings.reminderTime }),
  ]);
}

export function calendarForm(
  settings: CalendarSettings,
  metadata: string,
  questions: readonly Contradiction[] = [],
): ModalView {
  return settingsForm(LEAD_VIEWS.calendar, 'Calendar', metadata, [
    ...questions.map(question),
    textInput(CALENDAR_INPUTS.timeZone, {
      label: 'Time zone',
      hint: 'A name such as Europe/Berlin. Rituals follow its clock.',
      limit: 100,
      initial: settings.timeZone,
    }),
    weekdaysInput(CALENDAR_INPUTS.workingDays, { label: 'Working days', initial: settings.workingDays }),
    textInput(CALENDAR_INPUTS.holidays, {
      label: 'Holidays',
      hint: 'Dates such as 2026-12-25, with commas between them. Triage and digest move to the next working day.',
      limit: 3000,
      initial: settings.holidays.join(', '),
      optional: true,
      lines: settings.holidays.length > 3,
    }),
  ]);
}

export function rankForm({ halfLifeDays }: RankSettings, metadata: string): ModalView {
  return settingsForm(LEAD_VIEWS.rank, 'Rank', metadata, [
    section(
      mrkdwn`Defects are ranked by the harm that their reports did lately, and lower after an unusual silence. A short half-life puts forward what hurts this week, a long one what has hurt for months.`,
    ),
    numberInput(RANK_INPUTS.halfLife, {
      label: 'The harm of a report halves every … days',
      hint: '28 suits most programs.',
      initial: halfLifeDays,
      least: 1,
      most: MOST_HALF_LIFE_DAYS,
    }),
  ]);
}

const NAMES = ['Monday', 'Tuesday', 'Wednesday', 'Thursday', 'Friday', 'Saturday', 'Sunday'];

function question({ ritual, weekday, nextWorkingDay }: Contradiction): InputBlock {
  const [day, next] = [NAMES[weekday - 1] ?? '', NAMES[nextWorkingDay - 1] ?? ''];
  const name = ritual === 'triage' ? 'Triage' : 'The digest';
  return choiceInput(QUESTION_INPUTS[ritual], {
    label: `${name} is on ${day}, which is no working day. What shall it be?`,
    options: [option(`Move it to ${next}`, 'move'), option(`Keep it on ${day}`, 'keep')],
  });
}

function weeksInput(id: string, label: string, chosen: number): InputBlock {
  const options = [1, 2, 3, 4].map((count) => option(count === 1 ? 'week' : `${count} weeks`, String(count)));
  return choiceInput(id, { label, options, initial: String(Math.min(chosen, options.length)) });
}

const CHART_WORDS: Record<ChartStyle, string> = {
  pictures: 'as pictures',
  native: "as Slack's own charts",
  none: 'not at all',
};

function chartsInput(chosen: ChartStyle): InputBlock {
  return choiceInput(RITUAL_INPUTS.charts, {
    label: 'Shows charts',
    hint: "Slack's own charts become pictures where your workspace does not have them yet.",
    options: CHART_STYLES.map((style) => option(CHART_WORDS[style], style)),
    initial: chosen,
  });
}
