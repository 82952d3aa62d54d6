import type { ModalView } from '@slack/types';
import { z } from 'zod';
import { LEAD_ACTIONS, LEAD_VIEWS } from '../../blocks/kit/ids.ts';
import {
  CALENDAR_INPUTS,
  calendarForm,
  QUESTION_INPUTS,
  RANK_INPUTS,
  RITUAL_INPUTS,
  rankForm,
  ritualsForm,
} from '../../blocks/programs/ritual-forms.ts';
import { CHART_STYLES } from '../../domain/digest/charts.ts';
import type { Answer, Answers, Contradiction } from '../../domain/programs/contradictions.ts';
import type { CalendarSettings, RitualSettings, Settings } from '../../domain/programs/settings.ts';
import type { FormAnswers } from '../../requests/listen/form-answers.ts';
import { onOpen } from '../../requests/listen/on-button.ts';
import { type AskedForm, onForm, showAnswer } from '../../requests/listen/on-form.ts';
import { changeSettings, type SettingsResult } from '../../usecases/programs/change-settings.ts';
import { readSettings } from '../../usecases/programs/read-settings.ts';
import { programInMetadata, programInValue } from '../defects/named-defect.ts';
import type { Deps } from '../deps.ts';
import { renewSettings } from './renew-settings.ts';

type SmallForm = {
  opens: string;
  view: string;
  inputs: Readonly<Record<string, string>>;
  show: (settings: Settings, metadata: string) => ModalView;
  read: (form: FormAnswers) => Partial<Settings>;
  /** The form as it was sent, with what it contradicts asked above it. */
  ask?: (form: FormAnswers, metadata: string, contradictions: readonly Contradiction[]) => ModalView;
};

const FORMS: readonly SmallForm[] = [
  {
    opens: LEAD_ACTIONS.openRituals,
    view: LEAD_VIEWS.rituals,
    inputs: RITUAL_INPUTS,
    show: ritualsForm,
    read: readRituals,
    ask: (form, metadata, contradictions) => ritualsForm(readRituals(form), metadata, contradictions),
  },
  {
    opens: LEAD_ACTIONS.openCalendar,
    view: LEAD_VIEWS.calendar,
    inputs: CALENDAR_INPUTS,
    show: calendarForm,
    read: readCalendar,
    ask: (form, metadata, contradictions) => calendarForm(readCalendar(form), metadata, contradictions),
  },
  {
    opens: LEAD_ACTIONS.openRank,
    view: LEAD_VIEWS.rank,
    inputs: RANK_INPUTS,
    show: rankForm,
    read: (form) => ({ halfLifeDays: Number(form.text(RANK_INPUTS.halfLife)) }),
  },
];

/** Rituals, calendar and rank: small forms on the page of the settings. */
export function registerRitualForms(deps: Deps): void {
  for (const { opens, view, inputs, show, read, ask } of FORMS) {
    onOpen(deps, opens, {
      right: 'lead',
      names: programInValue,
      view: async ({ program }) => show(await readSettings(deps.db, program), String(program.id)),
    });
    onForm(deps, view, {
      right: 'lead',
      names: programInMetadata,
      inputs,
      work: (tx, { program, form, doing }) => changeSettings(tx, program, read(form), doing, answersIn(form)),
      answer: (said, { program, form }) =>
        said.kind === 'asked' && ask ? showAnswer(ask(form, String(program.id), said.contradictions)) : null,
      afterwards: (asked, said) => renewWhereSaved(deps, asked, said),
    });
  }
}

export async function renewWhereSaved(deps: Deps, asked: AskedForm<object>, said: SettingsResult): Promise<void> {
  if (said.kind === 'saved') await renewSettings(deps, asked, said.sentences);
}

function answersIn(form: FormAnswers): Answers {
  const chosen = (id: string) =>
    z.enum(['move', 'keep']).nullable().catch(null).parse(form.choice(id)) as Answer | null;
  const [triage, digest] = [chosen(QUESTION_INPUTS.triage), chosen(QUESTION_INPUTS.digest)];
  return { ...(triage ? { triage } : {}), ...(digest ? { digest } : {}) };
}

function readRituals(form: FormAnswers): RitualSettings {
  const INPUT = RITUAL_INPUTS;
  const rhythm = (day: string, time: string, weeks: string) => ({
    weekdays: daysIn(form, day),
    atLocalTime: form.time(time),
    everyWeeks: z.coerce.number().int().min(1).max(4).catch(1).parse(form.choice(weeks)),
  });
  return {
    triage: rhythm(INPUT.triageDay, INPUT.triageTime, INPUT.triageWeeks),
    digest: rhythm(INPUT.digestDay, INPUT.digestTime, INPUT.digestWeeks),
    reminderTime: form.time(INPUT.reminderTime),
    agendaLimit: Number(form.text(INPUT.agendaLimit)),
    charts: z.enum(CHART_STYLES).catch('pictures').parse(form.choice(INPUT.charts)),
  };
}

function readCalendar(form: FormAnswers): CalendarSettings {
  const INPUT = CALENDAR_INPUTS;
  return {
    timeZone: form.text(INPUT.timeZone).trim(),
    workingDays: daysIn(form, INPUT.workingDays),
    holidays: form
      .text(INPUT.holidays)
      .split(/[\s,;]+/)
      .filter(Boolean),
  };
}

function daysIn(form: FormAnswers, id: string): number[] {
  return form
    .several(id)
    .map(Number)
    .sort((a, b) => a - b);
}
