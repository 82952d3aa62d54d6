import { ACTIONS } from '../kit/ids.ts';
import { joinMrkdwn, mrkdwn } from '../kit/mrkdwn.ts';
import { actions, button, context, type Message, message, section } from '../kit/parts.ts';

const HELP: readonly (readonly [string, string])[] = [
  ['/defect', 'opens the report form; words behind it become the title'],
  [
    '/defect list',
    'the open defects by harm, the worst first; also `list mine`, `overdue`, `unowned`, `proving` or an area',
  ],
  [
    '/defect show 42',
    'one defect with its proof, latest reports and history; with a past day behind it, how its fix stood then',
  ],
  ['/defect why 42', 'how its rank adds up'],
  ['/defect search webhook 400', 'defects that share these words'],
  ['/defect accept 42', 'puts it on the burn-down list, with an owner and a due date'],
  ['/defect claim 42', 'says that the fix is out; proving begins'],
  ['/defect assign 42 @ana', 'gives it an owner'],
  ['/defect merge 42 into 17', 'makes two defects one; `undo 42` takes a merge or a split back'],
  [
    '/defect rule 42 "pool exhausted" in billing',
    'lets reports with these words in the title join it; `rules` lists all',
  ],
  ['/defect split 42', 'moves some of its reports to a defect of their own'],
  [
    '/defect tickets 42 3',
    'adds support tickets to it, with a link behind the number if you have one; `-3` takes them back',
  ],
  ['/defect snooze 42', 'stops your reminders of it for a while'],
  ['/defect digest', 'shows you the digest as it would read now'],
  ['/defect charts', 'sends you the charts: burn-down, harm and reliability by area, how fixes hold'],
  ['/defect triage now', 'opens the triage thread without waiting for its day'],
  ['/defect board', 'opens your items here; App Home shows the same'],
  ['/defect settings', 'the channel, rituals, holidays, areas, people and sources of the program'],
  ['/defect export', 'all defects as a CSV file'],
  ['/defect audit', 'for leads: who changed settings, roles and sources, and who took an export'],
];

export function helpMessage(): Message {
  return message(`What you can type: ${HELP.map(([typed]) => typed).join(', ')}`, [
    section(mrkdwn`*What you can type*`),
    section(joinMrkdwn(HELP.map(([typed, does]) => mrkdwn`\`${typed}\`  ${does}`))),
    context(mrkdwn`In a thread, where Slack takes no commands, use the message shortcut “Report as defect”.`),
  ]);
}

/** A typing slip, or a title that starts like a command: nothing happens until one of the two is picked. */
export function didYouMean(typed: string, meant: string): Message {
  return message(`Did you mean /defect ${meant}, or is “${typed}” the title of a report?`, [
    section(mrkdwn`Did you mean \`/defect ${meant.replaceAll('`', "'")}\`, or is “${typed}” what failed?`),
    actions('did_you_mean', [
      button(ACTIONS.meantCommand, `Run ${meant}`, meant, { style: 'primary' }),
      button(ACTIONS.meantReport, 'Report it', typed),
    ]),
  ]);
}

/** A few calm words to one person. */
export function note(text: string): Message {
  return message(text, [section(mrkdwn`${text}`)]);
}

/** Words that carry our own code marks, such as a Refusal's; what people typed in them is escaped. */
export function refusalNote(words: string): Message {
  return message(words.replaceAll('`', ''), [section(mrkdwn`${words}`)]);
}
