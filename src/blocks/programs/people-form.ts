import type { ModalView } from '@slack/types';
import type { PeopleSettings } from '../../domain/programs/settings.ts';
import { LEAD_VIEWS } from '../kit/ids.ts';
import { choiceInput, peopleInput } from '../kit/inputs.ts';
import { option } from '../kit/parts.ts';
import { settingsForm } from './settings-form.ts';

export const PEOPLE_INPUTS = {
  leads: 'leads',
  deciders: 'deciders',
  facilitators: 'facilitators',
  strangers: 'strangers',
} as const;

/** `areProposed` says that nobody has chosen the facilitators yet. */
export function peopleForm(
  settings: PeopleSettings,
  metadata: string,
  { areProposed = false }: { areProposed?: boolean } = {},
): ModalView {
  const INPUT = PEOPLE_INPUTS;
  return settingsForm(LEAD_VIEWS.people, 'People and roles', metadata, [
    peopleInput(INPUT.leads, {
      label: 'Leads',
      hint: 'Change settings, and hear of what stays undecided or cannot be delivered. With none, admins of the workspace do.',
      initial: settings.leadIds,
    }),
    peopleInput(INPUT.deciders, {
      label: 'Who decides',
      hint: 'Leave it empty for everybody in the channel. Guests never decide.',
      initial: settings.deciderIds ?? [],
    }),
    peopleInput(INPUT.facilitators, {
      label: 'Facilitators of triage, who take turns',
      hint: areProposed
        ? 'Proposed from the channel, and not set before you save. Take out whoever should not.'
        : 'Each is told a working day ahead.',
      initial: settings.facilitatorIds,
    }),
    choiceInput(INPUT.strangers, {
      label: 'People of other organisations in the channel',
      hint: 'They report by the button of the greeting, and see what became of their reports. Nothing else.',
      options: [option('may not use Burndown', 'nothing'), option('may report', 'report')],
      initial: settings.strangersMayReport ? 'report' : 'nothing',
    }),
  ]);
}
