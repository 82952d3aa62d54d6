import type { ModalView } from '@slack/types';
import { LEAD_VIEWS } from '../kit/ids.ts';
import { channelInput, textInput } from '../kit/inputs.ts';
import { mrkdwn } from '../kit/mrkdwn.ts';
import { section } from '../kit/parts.ts';
import { settingsForm } from './settings-form.ts';

export const PROGRAM_INPUTS = { name: 'name', channel: 'channel' } as const;

export const PROGRAM_NAME_LIMIT = 80;

export type ProgramFacts = {
  /** Null where it is called by its channel. */
  ownName: string | null;
  channelId: string;
};

/** @param channelId what is chosen, where the program has a channel */
export function programForm({ ownName, channelId }: ProgramFacts, metadata: string): ModalView {
  return settingsForm(LEAD_VIEWS.program, 'Program', metadata, [
    section(
      mrkdwn`Triage, digest and every other post go to the program's channel, and whoever can see that channel can see the program. Invite me to another channel before you choose it.`,
    ),
    channelInput(PROGRAM_INPUTS.channel, {
      label: 'Channel',
      initial: /^[CG][A-Z0-9]+$/.test(channelId) ? channelId : undefined,
    }),
    textInput(PROGRAM_INPUTS.name, {
      label: 'Name',
      hint: 'Leave it empty to call the program by its channel, also after that is renamed.',
      limit: PROGRAM_NAME_LIMIT,
      initial: ownName,
      optional: true,
    }),
  ]);
}
