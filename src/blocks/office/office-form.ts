import type { ModalView } from '@slack/types';
import { LEAD_VIEWS } from '../kit/ids.ts';
import { channelInput, choiceInput } from '../kit/inputs.ts';
import { mrkdwn } from '../kit/mrkdwn.ts';
import { option, section } from '../kit/parts.ts';
import { settingsForm } from '../programs/settings-form.ts';

export const OFFICE_INPUTS = { office: 'office', channel: 'office_channel' } as const;

export const NO_OFFICE = 'none';
export const NEW_OFFICE = 'new';

/** A select takes a hundred options. */
const MOST = 90;

/** Joins the program to an office, or takes it out. `offices` are those that the lead may read; another one that it is in has no name here. */
export function officeForm(
  current: number | null,
  offices: readonly { id: number; name: string }[],
  metadata: string,
): ModalView {
  const known = offices.slice(0, MOST).map(({ id, name }) => option(`#${name}`, String(id)));
  const isShown = offices.slice(0, MOST).some(({ id }) => id === current);
  // Else whoever saves would take the program out without having meant to.
  const kept = current === null || isShown ? [] : [option('The office that it is in now', String(current))];
  return settingsForm(LEAD_VIEWS.office, 'Office', metadata, [
    section(
      mrkdwn`An office puts several programs on one page: each month in its channel, and with \`/defect office\` for those who may read that channel. It has counts of defects and no titles. A program is named only to those who may read it.`,
    ),
    choiceInput(OFFICE_INPUTS.office, {
      label: 'This program is part of',
      options: [
        option('No office', NO_OFFICE),
        ...kept,
        ...known,
        option('The office of the channel below', NEW_OFFICE),
      ],
      initial: current === null ? NO_OFFICE : String(current),
    }),
    channelInput(OFFICE_INPUTS.channel, {
      label: 'Channel of the office',
      hint: 'Only where you chose it above. Invite me there first.',
      initial: undefined,
      optional: true,
    }),
  ]);
}
