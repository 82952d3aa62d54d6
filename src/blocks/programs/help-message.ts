import { HELP_TOPICS, type HelpTopic } from '../../domain/command.ts';
import { ACTIONS } from '../kit/ids.ts';
import { joinMrkdwn, type Mrkdwn, mrkdwn } from '../kit/mrkdwn.ts';
import { actions, button, context, type Message, message, section } from '../kit/parts.ts';

type Line = readonly [typed: string, does: string];

/** What most people type; the rest is a topic further. */
const SHORT: readonly Line[] = [
  ['/defect', 'report what failed; in a thread, use the message shortcut “Report as defect”'],
  ['/defect list', 'what is open, the worst first; also `list mine`, `overdue`, `unowned`, `proving` or an area'],
  ['/defect show 42', 'one defect: its reports, proof and history; `why 42` for its rank'],
  ['/defect search webhook 400', 'defects that share these words'],
  ['/defect assign 42 @ana', 'give it an owner; `accept 42` sets a date, `claim 42` says that the fix is out'],
  ['/defect snooze 42', 'stop your reminders of it for a while'],
  ['/defect board', 'what waits for you; App Home shows the same'],
  ['/defect digest', 'the digest as it would read now'],
];

const TOPICS: Record<HelpTopic, readonly Line[]> = {
  reports: [
    ['/defect webhook times out', 'opens the form with these words as the title'],
    ['“Report as defect” on a message', 'takes its words, author, link and time, and answers in its thread'],
    [
      '/defect tickets 42 3',
      'adds support tickets to its latest report, with a link behind the number; `-3` takes them back',
    ],
    ['/defect list mine', 'what you own'],
  ],
  triage: [
    ['/defect triage now', 'opens the triage thread without waiting for its day'],
    ['/defect accept 42', 'puts it on the burn-down list, with an owner and a date'],
    ['/defect assign 42 @ana', 'gives it an owner, who is told at once'],
    ['/defect list unowned', 'what nobody owns'],
    ['/defect list overdue', 'what is past its date'],
  ],
  fixes: [
    ['/defect claim 42', 'says that the fix is out; from then on it has to prove itself'],
    ['/defect link 42 https://…', 'links it to a ticket of a connected tracker; `unlink 42` ends that'],
    ['/defect list proving', 'fixes that are being proven'],
    ['/defect show 42 2026-11-04', 'how its fix stood at the end of that day'],
    ['/defect snooze 42', 'stops your reminders of it for a while'],
  ],
  grouping: [
    ['/defect merge 42 into 17', 'makes two defects one'],
    ['/defect split 42', 'moves some of its reports to a defect of their own'],
    ['/defect undo 42', 'takes a merge or a split back'],
    ['/defect rule 42 "pool exhausted" in billing', 'lets reports with these words join it by themselves'],
    ['/defect rules', 'lists all rules'],
  ],
  data: [
    ['/defect export', 'defects and reports as CSV files'],
    ['/defect charts', 'burn-down, harm and reliability by area, how fixes hold'],
    [
      '/defect quarter Q3 2026',
      'one page about a quarter, as a picture and as text; also `quarter` and `quarter last`',
    ],
    [
      '/defect office',
      'the programs of an office on one page, for those in its channel; `office Q3 2026` for a quarter',
    ],
    ['/defect settings', 'for leads: the channel, rituals, holidays, areas, people and sources'],
    ['/defect audit', 'for leads: who changed settings and roles, and who took an export'],
  ],
};

/** On one screen: what most people type, or all about one topic. */
export function helpMessage(topic: HelpTopic | null = null): Message {
  const lines = topic ? TOPICS[topic] : SHORT;
  const heading = topic ? `What you can type about ${topic}` : 'What you can type';
  const others = HELP_TOPICS.filter((one) => one !== topic).map((one) => mrkdwn`\`/defect help ${one}\``);
  return message(`${heading}: ${lines.map(([typed]) => typed).join(', ')}`, [
    section(mrkdwn`*${heading}*`),
    section(joinMrkdwn(lines.map(([typed, does]) => mrkdwn`\`${typed}\`  ${does}`))),
    context(mrkdwn`More: ${joinMrkdwn(others, ', ')}`),
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
export function note(text: string, shown: Mrkdwn = mrkdwn`${text}`): Message {
  return message(text, [section(shown)]);
}

/** Words that carry our own code marks, such as a Refusal's; what people typed in them is escaped. */
export function refusalNote(words: string): Message {
  return message(words.replaceAll('`', ''), [section(mrkdwn`${words}`)]);
}
