import type { Button, ContextBlock, SectionBlock } from '@slack/types';
import { LEAD_ACTIONS } from '../kit/ids.ts';
import { mrkdwn } from '../kit/mrkdwn.ts';
import { actions, button, context, type Message, message, section } from '../kit/parts.ts';
import { counted } from '../kit/words.ts';

/** What loading a sample answers, with the way back. */
export function sampleLoaded(programId: number, loaded: { defects: number; reports: number }): Message {
  const words = `Eight weeks of sample data are in: ${counted(loaded.defects, 'defect')} from ${counted(loaded.reports, 'report')}.`;
  return message(words, [
    section(
      mrkdwn`*${words}*\nThe people in it are invented, except for you, and nobody is reminded of any of it. Try \`/defect list\`, \`/defect triage now\` or \`/defect digest\`.`,
    ),
    actions('sample', [removeSampleButton(programId)]),
  ]);
}

export function sampleRemoved({ defects, rescued }: { defects: number; rescued: number }): Message {
  const stayed =
    rescued === 0
      ? ''
      : ` ${counted(rescued, 'defect')} that people reported themselves ${rescued === 1 ? 'stays' : 'stay'}.`;
  const words = `The sample data are gone: ${counted(defects, 'defect')} and all that came with ${defects === 1 ? 'it' : 'them'}.${stayed}`;
  return message(words, [section(mrkdwn`${words}`)]);
}

/** Said wherever numbers are shown, for as long as they are not only real. */
export function sampleLine(): ContextBlock {
  return context(mrkdwn`Sample data are in, so much of this is invented.`);
}

/** For leads. The value is the program's id. */
export function removeSampleButton(programId: number): Button {
  return button(LEAD_ACTIONS.removeSample, 'Remove sample data', String(programId), {
    style: 'danger',
    confirm: {
      title: { type: 'plain_text', text: 'Remove the sample data?' },
      text: {
        type: 'plain_text',
        text: 'Every invented defect goes, with its history. What people have reported themselves stays.',
      },
      confirm: { type: 'plain_text', text: 'Remove them' },
      deny: { type: 'plain_text', text: 'Keep them' },
    },
  });
}

/** A part of the settings, while sample data are in. */
export function sampleSection(programId: number): SectionBlock {
  return section(mrkdwn`*Sample data*\nInvented defects are in this program.`, removeSampleButton(programId));
}
