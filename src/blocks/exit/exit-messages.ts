import type { KnownBlock } from '@slack/types';
import type { ExitScorecard } from '../../domain/exit/exit-scorecard.ts';
import { LEAD_ACTIONS } from '../kit/ids.ts';
import { channelLink, joinMrkdwn, type Mrkdwn, mention, mrkdwn } from '../kit/mrkdwn.ts';
import { actions, button, type Message, message, section } from '../kit/parts.ts';
import { exitLineWords } from './exit-words.ts';

/** What ends, and what does not. */
const ENDS =
  'Triage, digest, reminders and reviews then rest. Reports are still taken, and fixes that are out are still judged.';

/** The part of a review that says how the program stands against its own end. */
export function scorecardSection({ lines }: ExitScorecard): KnownBlock {
  return section(joinMrkdwn([mrkdwn`*Exit scorecard*`, ...lines.map((line) => mrkdwn`${exitLineWords(line)}`)]));
}

type Program = { programId: number; channelId: string };

/** Asks a lead, once, whether the program ends. */
export function endProposal({ lines }: ExitScorecard, { programId, channelId }: Program): Message {
  const value = String(programId);
  return message('Your program has met all that it set for its own end. Does it end?', [
    section(mrkdwn`*${channelLink(channelId)} has met all that it set for its own end.*`),
    section(joinMrkdwn(lines.map((line) => mrkdwn`${exitLineWords(line)}`))),
    section(mrkdwn`Does it end? ${ENDS} You are asked once.`),
    actions('exit', [
      button(LEAD_ACTIONS.endProgram, 'End the program', value, {
        style: 'primary',
        confirm: {
          title: { type: 'plain_text', text: 'End the program?' },
          text: { type: 'plain_text', text: ENDS },
          confirm: { type: 'plain_text', text: 'End it' },
          deny: { type: 'plain_text', text: 'Not now' },
        },
      }),
      button(LEAD_ACTIONS.goOn, 'Go on', value),
    ]),
  ]);
}

/** What stands in the place of the question once a lead has answered it. */
export function endAnswered(decision: 'ended' | 'goes on', { channelId }: Program, by: string): Message {
  const words: Record<typeof decision, Mrkdwn> = {
    ended: mrkdwn`${mention(by)} ended the program of ${channelLink(channelId)}. \`/defect settings\` starts it again.`,
    'goes on': mrkdwn`${mention(by)} decided that the program of ${channelLink(channelId)} goes on. \`/defect settings\`, End, has its criteria.`,
  };
  return message(decision === 'ended' ? 'The program has ended.' : 'The program goes on.', [section(words[decision])]);
}

/** For the channel, once the program has ended or starts again. */
export function programEnded(by: string): Message {
  return message('This program has ended.', [
    section(
      mrkdwn`*This program has ended:* it met what it set for its own end, and ${mention(by)} closed it. Triage, digest, reminders and reviews rest. \`/defect\` still takes reports, and fixes that are out are still judged.`,
    ),
  ]);
}

export function programStartedAgain(by: string): Message {
  return message('This program starts again.', [
    section(
      mrkdwn`*This program starts again*, by ${mention(by)}. Triage, digest, reminders and reviews come as before.`,
    ),
  ]);
}
