import { ACTIONS } from '../kit/ids.ts';
import { joinMrkdwn, mrkdwn } from '../kit/mrkdwn.ts';
import { actions, button, context, type Message, message, section } from '../kit/parts.ts';

/** What the bot says when it comes to a channel for the first time. */
export function greetingMessage(rituals: { triage: string; digest: string }): Message {
  return message('Burndown is here: report what breaks, burn down the worst first, and see whether it gets better.', [
    section(
      mrkdwn`*Burndown runs the stability program of this channel.*\nReport what breaks with \`/defect\`. Repeats are grouped, the list is ranked by the harm it does, and a fix counts once the reports prove it.`,
    ),
    section(
      joinMrkdwn([
        mrkdwn`•  Triage opens here ${rituals.triage} and turns the top of the list into decisions.`,
        mrkdwn`•  Owners get at most one reminder a day, in their own morning.`,
        mrkdwn`•  The digest comes ${rituals.digest} with what changed, what was proven, and whether it really gets better.`,
      ]),
    ),
    actions('first_minute', [
      button(ACTIONS.fileDefect, 'File a defect', 'greeting', { style: 'primary' }),
      button(ACTIONS.loadSample, 'Load a sample program', 'greeting', {
        confirm: {
          title: { type: 'plain_text', text: 'Load eight weeks of sample data?' },
          text: {
            type: 'plain_text',
            text: 'It fills this program with invented reports, so that you can look around. Use it only to try things out.',
          },
          confirm: { type: 'plain_text', text: 'Load it' },
          deny: { type: 'plain_text', text: 'Not now' },
        },
      }),
      button(ACTIONS.setUpRituals, 'Set up rituals', 'greeting'),
    ]),
    context(mrkdwn`\`/defect help\` lists what you can type.`),
  ]);
}
