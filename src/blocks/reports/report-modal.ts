import type { KnownBlock, ModalView } from '@slack/types';
import type { ChanceWord } from '../../domain/grouping/chance.ts';
import { TITLE_LIMIT } from '../../domain/reports/report-draft.ts';
import { cleanText } from '../../domain/text/clean-text.ts';
import { defectKey, SEVERITIES, type Severity } from '../../domain/vocabulary.ts';
import { ACTIONS, VIEWS } from '../kit/ids.ts';
import { type Mrkdwn, mrkdwn } from '../kit/mrkdwn.ts';
import { button, context, option, plain, section } from '../kit/parts.ts';
import { agoWords, counted, SEVERITY_WORDS } from '../kit/words.ts';

/** A defect that the report may be a repeat of, as it is offered. */
export type OfferedRepeat = {
  number: number;
  title: string;
  reportCount: number;
  daysAgo: number;
  words: readonly string[];
  /** How likely it is the same failure; left out where the program's own reports cannot tell. */
  chance?: ChanceWord | null;
};

export type ReportPrefill = { title?: string; description?: string; link?: string; seenAt?: Date };

export type ReportForm = {
  areas: readonly { id: number; name: string }[];
  prefill: ReportPrefill;
  repeats: readonly OfferedRepeat[];
  /** Carried through the form and given back on submit. */
  metadata: string;
};

/** block_id and action_id are the same for every input of the form. */
export const REPORT_INPUTS = {
  title: 'title',
  description: 'description',
  area: 'area',
  severity: 'severity',
  affected: 'affected',
  supportTickets: 'support_tickets',
  environment: 'environment',
  seenAt: 'seen_at',
  link: 'link',
} as const;

/** Slack holds 3,000 characters in an input; a prefill past that would be refused. */
const INPUT_LIMIT = 3000;

export function reportModal({ areas, prefill, repeats, metadata }: ReportForm): ModalView {
  return {
    type: 'modal',
    callback_id: VIEWS.report,
    private_metadata: metadata,
    title: plain('Report a defect', 24),
    submit: plain('File it', 24),
    close: plain('Cancel', 24),
    blocks: [
      {
        type: 'input',
        block_id: REPORT_INPUTS.title,
        dispatch_action: true,
        label: plain('What failed?'),
        element: {
          type: 'plain_text_input',
          action_id: ACTIONS.titleTyped,
          max_length: TITLE_LIMIT,
          focus_on_load: true,
          placeholder: plain('Stripe webhook times out after a deploy', 150),
          dispatch_action_config: { trigger_actions_on: ['on_character_entered', 'on_enter_pressed'] },
          ...initial(prefill.title, TITLE_LIMIT),
        },
      },
      ...repeatBlocks(repeats),
      {
        type: 'input',
        block_id: REPORT_INPUTS.description,
        optional: true,
        label: plain('What happened?'),
        element: {
          type: 'plain_text_input',
          action_id: REPORT_INPUTS.description,
          multiline: true,
          max_length: INPUT_LIMIT,
          placeholder: plain('What you did, what you saw, what you expected', 150),
          ...initial(prefill.description, INPUT_LIMIT),
        },
      },
      {
        type: 'input',
        block_id: REPORT_INPUTS.area,
        label: plain('Area'),
        element: {
          type: 'static_select',
          action_id: REPORT_INPUTS.area,
          placeholder: plain('Which part does it hurt?', 150),
          options: areas.slice(0, 100).map(({ id, name }) => option(name, String(id))),
        },
      },
      {
        type: 'input',
        block_id: REPORT_INPUTS.severity,
        label: plain('Severity'),
        hint: plain('How bad one occurrence is. It is not a priority.', 150),
        element: {
          type: 'static_select',
          action_id: REPORT_INPUTS.severity,
          options: SEVERITIES.map(severityOption),
          initial_option: severityOption('S3'),
        },
      },
      count(REPORT_INPUTS.affected, 'Accounts affected'),
      count(REPORT_INPUTS.supportTickets, 'Support tickets'),
      {
        type: 'input',
        block_id: REPORT_INPUTS.environment,
        optional: true,
        label: plain('Environment'),
        element: {
          type: 'plain_text_input',
          action_id: REPORT_INPUTS.environment,
          max_length: 100,
          placeholder: plain('production, europe-west1', 150),
        },
      },
      {
        type: 'input',
        block_id: REPORT_INPUTS.seenAt,
        optional: true,
        label: plain('Seen at'),
        hint: plain('When it was seen, not when you report it.', 150),
        element: {
          type: 'datetimepicker',
          action_id: REPORT_INPUTS.seenAt,
          ...(prefill.seenAt ? { initial_date_time: Math.floor(prefill.seenAt.getTime() / 1000) } : {}),
        },
      },
      {
        type: 'input',
        block_id: REPORT_INPUTS.link,
        optional: true,
        label: plain('Link'),
        element: {
          type: 'url_text_input',
          action_id: REPORT_INPUTS.link,
          placeholder: plain('A log, a dashboard, a ticket', 150),
          ...(prefill.link ? { initial_value: prefill.link } : {}),
        },
      },
    ],
  };
}

function severityOption(severity: Severity) {
  return option(SEVERITY_WORDS[severity], severity);
}

function initial(text: string | undefined, limit: number): { initial_value?: string } {
  const clean = cleanText(text, limit);
  return clean ? { initial_value: clean } : {};
}

function count(id: string, label: string): KnownBlock {
  return {
    type: 'input',
    block_id: id,
    optional: true,
    label: plain(label),
    element: {
      type: 'number_input',
      action_id: id,
      is_decimal_allowed: false,
      min_value: '0',
      placeholder: plain('0'),
    },
  };
}

/** What may be the same failure, each with one click to join it. */
export function repeatBlocks(repeats: readonly OfferedRepeat[]): KnownBlock[] {
  if (repeats.length === 0) return [];
  return [
    {
      ...context(mrkdwn`Seen before? One click adds your report to a defect that is there already.`),
      block_id: 'repeats',
    },
    ...repeats.map((repeat): KnownBlock => {
      const number = String(repeat.number);
      return {
        ...section(
          mrkdwn`${OPENINGS[repeat.chance ?? 'unknown']} *${defectKey(repeat.number)}* ${repeat.title} (${counted(repeat.reportCount, 'report')}, last ${agoWords(repeat.daysAgo)})${sameWords(repeat)}`,
          button(ACTIONS.joinRepeat, 'This is it', number, { spoken: `Join ${defectKey(repeat.number)}` }),
        ),
        block_id: `repeat_${number}`,
      };
    }),
  ];
}

const OPENINGS = { 'very likely': 'Very likely', maybe: 'Maybe', unknown: 'Looks like' } as const;

function sameWords({ words }: OfferedRepeat) {
  return words.length > 0 ? mrkdwn`\n_same words: ${words.join(', ')}_` : '';
}

/** What the form turns into once the report is in. */
export function filedModal(filed: {
  number: number;
  title: string;
  area: string;
  joined: boolean;
  reportCount: number;
  /** The words of the rule that it joined by. */
  byRule?: string;
  whatNow: Mrkdwn;
  repeats: readonly OfferedRepeat[];
  metadata: string;
}): ModalView {
  const key = defectKey(filed.number);
  const said = filed.joined
    ? mrkdwn`Your report is part of *${key}* ${filed.title}. It now has ${counted(filed.reportCount, 'report')}.\n${filed.whatNow}`
    : mrkdwn`Filed as *${key}* ${filed.title}, in ${filed.area}. ${filed.whatNow}`;
  return {
    type: 'modal',
    callback_id: VIEWS.repeats,
    private_metadata: filed.metadata,
    title: plain(filed.joined ? `Joined ${key}` : `Filed ${key}`, 24),
    close: plain('Done', 24),
    blocks: [
      section(said),
      ...(filed.byRule === undefined
        ? []
        : [
            context(
              mrkdwn`It joined by a rule: the title contains “${filed.byRule}”. If it is another failure, \`/defect split ${filed.number}\` takes it out again.`,
            ),
          ]),
      ...repeatBlocks(filed.repeats),
      context(mrkdwn`\`/defect show ${filed.number}\` tells how it stands.`),
    ],
  };
}
