import type { KnownBlock, ModalView } from '@slack/types';
import { CHART_STYLES, type ChartStyle } from '../../domain/digest/charts.ts';
import type { Cadence } from '../../domain/time/cadence.ts';
import { ACTIONS, VIEWS } from '../kit/ids.ts';
import { mrkdwn } from '../kit/mrkdwn.ts';
import { button, option, plain, section } from '../kit/parts.ts';
import { retentionSection } from './retention-modal.ts';
import { sampleSection } from './sample-message.ts';

export type Settings = {
  timeZone: string;
  workingDays: readonly number[];
  holidays: readonly string[];
  halfLifeDays: number;
  agendaLimit: number;
  leadIds: readonly string[];
  /** Null is everybody in the channel. */
  deciderIds: readonly string[] | null;
  /** Whether people of other organisations in the channel may report. */
  strangersMayReport: boolean;
  facilitatorIds: readonly string[];
  triage: Pick<Cadence, 'weekdays' | 'atLocalTime' | 'everyWeeks'>;
  digest: Pick<Cadence, 'weekdays' | 'atLocalTime' | 'everyWeeks'>;
  reminderTime: string;
  charts: ChartStyle;
};

/** block_id and action_id are the same for every input of the form. */
export const SETTINGS_INPUTS = {
  triageDay: 'triage_day',
  triageTime: 'triage_time',
  triageWeeks: 'triage_weeks',
  digestDay: 'digest_day',
  digestTime: 'digest_time',
  digestWeeks: 'digest_weeks',
  reminderTime: 'reminder_time',
  timeZone: 'time_zone',
  workingDays: 'working_days',
  holidays: 'holidays',
  leads: 'leads',
  deciders: 'deciders',
  strangers: 'strangers',
  facilitators: 'facilitators',
  halfLife: 'half_life',
  agendaLimit: 'agenda_limit',
  charts: 'charts',
} as const;

const DAYS = ['Monday', 'Tuesday', 'Wednesday', 'Thursday', 'Friday', 'Saturday', 'Sunday'];

/** `metadata` is the program's id. */
export function settingsModal(settings: Settings, metadata: string, { hasSample = false } = {}): ModalView {
  const { triage, digest } = settings;
  return {
    type: 'modal',
    callback_id: VIEWS.settings,
    private_metadata: metadata,
    title: plain('Program settings', 24),
    submit: plain('Save', 24),
    close: plain('Cancel', 24),
    blocks: [
      section(mrkdwn`*Rituals*, on the program's wall clock`),
      days(SETTINGS_INPUTS.triageDay, 'Triage on', triage.weekdays),
      time(SETTINGS_INPUTS.triageTime, 'Triage at', triage.atLocalTime),
      weeks(SETTINGS_INPUTS.triageWeeks, 'Triage every', triage.everyWeeks),
      days(SETTINGS_INPUTS.digestDay, 'Digest on', digest.weekdays),
      time(SETTINGS_INPUTS.digestTime, 'Digest at', digest.atLocalTime),
      weeks(SETTINGS_INPUTS.digestWeeks, 'Digest every', digest.everyWeeks),
      charts(settings.charts),
      time(SETTINGS_INPUTS.reminderTime, "Reminders at, on the owner's clock", settings.reminderTime),
      section(mrkdwn`*Calendar*`),
      text(SETTINGS_INPUTS.timeZone, 'Time zone', settings.timeZone, 'A name such as Europe/Berlin'),
      days(SETTINGS_INPUTS.workingDays, 'Working days', settings.workingDays),
      {
        ...text(
          SETTINGS_INPUTS.holidays,
          'Holidays',
          settings.holidays.join(', '),
          'Dates such as 2026-12-25, with commas between them',
        ),
        optional: true,
      } as KnownBlock,
      section(mrkdwn`*People and rank*`),
      people(SETTINGS_INPUTS.leads, 'Leads of the program', settings.leadIds, {
        hint: 'Change settings, and hear of what stays undecided or cannot be delivered. With none, admins of the workspace do.',
      }),
      people(SETTINGS_INPUTS.deciders, 'Who decides', settings.deciderIds ?? [], {
        hint: 'Leave it empty for everybody in the channel. Guests never decide.',
      }),
      people(SETTINGS_INPUTS.facilitators, 'Facilitators, who take turns', settings.facilitatorIds),
      strangers(settings.strangersMayReport),
      number(SETTINGS_INPUTS.halfLife, 'Harm of a report halves every … days', settings.halfLifeDays, 365),
      number(SETTINGS_INPUTS.agendaLimit, 'Items on an agenda at most', settings.agendaLimit, 30),
      section(
        mrkdwn`*Signals*\nAlerts, failed payments and syncs, crashes and releases, told by machines.`,
        button(ACTIONS.openSignals, 'Open signals', metadata),
      ),
      section(
        mrkdwn`*Reliability*\nObjectives of the areas, and what their metrics are asked.`,
        button(ACTIONS.openReliability, 'Open reliability', metadata),
      ),
      section(
        mrkdwn`*Grouping rules*\nReports whose titles have words in common join a defect by themselves.`,
        button(ACTIONS.openRules, 'Open rules', metadata),
      ),
      retentionSection(Number(metadata)),
      ...(hasSample ? [sampleSection(Number(metadata))] : []),
    ],
  };
}

function people(id: string, label: string, chosen: readonly string[], { hint }: { hint?: string } = {}): KnownBlock {
  return {
    type: 'input',
    block_id: id,
    optional: true,
    label: plain(label),
    ...(hint ? { hint: plain(hint, 150) } : {}),
    element: {
      type: 'multi_users_select',
      action_id: id,
      ...(chosen.length > 0 ? { initial_users: [...chosen] } : {}),
    },
  };
}

function strangers(mayReport: boolean): KnownBlock {
  const options = [option('may not use Burndown', 'nothing'), option('may report', 'report')];
  return {
    type: 'input',
    block_id: SETTINGS_INPUTS.strangers,
    label: plain('People of other organisations in the channel'),
    hint: plain('They report by the button of the greeting, and see what became of their reports. Nothing else.', 150),
    element: {
      type: 'static_select',
      action_id: SETTINGS_INPUTS.strangers,
      options,
      initial_option: options[mayReport ? 1 : 0],
    },
  } as KnownBlock;
}

function days(id: string, label: string, chosen: readonly number[]): KnownBlock {
  const options = DAYS.map((day, i) => option(day, String(i + 1)));
  const initial = options.filter(({ value }) => chosen.includes(Number(value)));
  return {
    type: 'input',
    block_id: id,
    label: plain(label),
    element: {
      type: 'multi_static_select',
      action_id: id,
      options,
      ...(initial.length > 0 ? { initial_options: initial } : {}),
    },
  };
}

const CHART_WORDS: Record<ChartStyle, string> = {
  pictures: 'as pictures',
  native: "as Slack's own charts",
  none: 'not at all',
};

function charts(chosen: ChartStyle): KnownBlock {
  const options = CHART_STYLES.map((style) => option(CHART_WORDS[style], style));
  return {
    type: 'input',
    block_id: SETTINGS_INPUTS.charts,
    label: plain('Show charts'),
    hint: plain("Slack's own charts become pictures where your workspace does not have them yet.", 150),
    element: {
      type: 'static_select',
      action_id: SETTINGS_INPUTS.charts,
      options,
      initial_option: option(CHART_WORDS[chosen], chosen),
    },
  };
}

function weeks(id: string, label: string, chosen: number): KnownBlock {
  const options = [1, 2, 3, 4].map((count) => option(count === 1 ? 'week' : `${count} weeks`, String(count)));
  return {
    type: 'input',
    block_id: id,
    label: plain(label),
    element: {
      type: 'static_select',
      action_id: id,
      options,
      initial_option: options[chosen - 1] ?? option('week', '1'),
    },
  };
}

function time(id: string, label: string, chosen: string): KnownBlock {
  return {
    type: 'input',
    block_id: id,
    label: plain(label),
    element: { type: 'timepicker', action_id: id, initial_time: chosen },
  };
}

function text(id: string, label: string, value: string, hint: string): KnownBlock {
  return {
    type: 'input',
    block_id: id,
    label: plain(label),
    hint: plain(hint, 150),
    element: { type: 'plain_text_input', action_id: id, max_length: 3000, ...(value ? { initial_value: value } : {}) },
  };
}

function number(id: string, label: string, value: number, max: number): KnownBlock {
  return {
    type: 'input',
    block_id: id,
    label: plain(label),
    element: {
      type: 'number_input',
      action_id: id,
      is_decimal_allowed: false,
      min_value: '1',
      max_value: String(max),
      initial_value: String(value),
    },
  };
}
