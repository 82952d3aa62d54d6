import type { HomeView, KnownBlock } from '@slack/types';
import type { ReliabilityReport } from '../../domain/reliability/reliability-report.ts';
import { defectKey, type Ritual } from '../../domain/vocabulary.ts';
import { type DefectFacts, standingLine } from '../defects/defect-card.ts';
import { defectRefValue } from '../kit/defect-ref.ts';
import { ACTIONS } from '../kit/ids.ts';
import { channelLink, joinMrkdwn, mrkdwn } from '../kit/mrkdwn.ts';
import { actions, button, context, divider, fitting, header, type Message, message, section } from '../kit/parts.ts';
import type { NamedProgram } from '../kit/program-link.ts';
import { counted, momentWords } from '../kit/words.ts';
import { areaSentences, troubleLines } from '../reliability/reliability-words.ts';
import { removeSampleButton, sampleLine } from './sample-message.ts';

/** One person's board: the program's headline and what is theirs to do. */
export type Board = {
  programId: number;
  program: NamedProgram;
  todayOn: string;
  timeZone: string;
  open: number;
  proving: number;
  unowned: number;
  overdue: number;
  /** Waiting for this person's answer. */
  waiting: readonly DefectFacts[];
  owned: readonly DefectFacts[];
  ownProving: readonly DefectFacts[];
  top: readonly DefectFacts[];
  /** Null where no area is measured. */
  reliability: ReliabilityReport | null;
  next: readonly { ritual: Ritual; at: Date }[];
  mayChangeSettings: boolean;
  hasSample: boolean;
};

/** For whoever has no program to see: why, and what to do. */
export function refusedHome(words: string): HomeView {
  return { type: 'home', blocks: [section(mrkdwn`${words}`)] };
}

export function homeView(board: Board): HomeView {
  return {
    type: 'home',
    blocks: fitting(
      [
        ...headline(board),
        ...ownItems(board),
        ...reliabilityPart(board),
        ...topBlocks(board),
        ...settingsBlocks(board),
      ],
      100,
    ),
  };
}

export function boardMessage(board: Board): Message {
  const own = board.waiting.length + board.owned.length + board.ownProving.length;
  return message(`Your board in ${board.program.name}: ${counted(own, 'item')}.`, ownItems(board));
}

function headline(board: Board): KnownBlock[] {
  const { name, nameFollowsChannel, channelId } = board.program;
  const counts = [
    `${board.open} open`,
    ...(board.proving > 0 ? [`${board.proving} of them claimed, being proven`] : []),
    ...(board.overdue > 0 ? [`${board.overdue} overdue`] : []),
    ...(board.unowned > 0 ? [`${board.unowned} without an owner`] : []),
  ];
  const rituals = board.next.map(
    ({ ritual, at }) =>
      mrkdwn`${ritual === 'triage' ? 'Next triage' : 'Next digest'} ${momentWords(at, board.timeZone)}`,
  );
  return [
    ...(nameFollowsChannel ? [] : [header(name)]),
    section(mrkdwn`${nameFollowsChannel ? mrkdwn`*${channelLink(channelId)}*\n` : mrkdwn``}*${counts.join(', ')}.*`),
    context(joinMrkdwn([...(nameFollowsChannel ? [] : [mrkdwn`In ${channelLink(channelId)}`]), ...rituals], ' · ')),
    actions('home', [button(ACTIONS.fileDefect, 'File a defect', 'home', { style: 'primary' })]),
    divider(),
  ];
}

function ownItems(board: Board): KnownBlock[] {
  const parts = [
    part('Waiting for you', board.waiting, board),
    part('You own', board.owned, board, true),
    part('Your fixes, being proven', board.ownProving, board, true),
  ].flat();
  return parts.length > 0 ? parts : [section(mrkdwn`*Yours*\nNothing waits for you.`)];
}

function reliabilityPart({ reliability }: Board): KnownBlock[] {
  if (!reliability) return [];
  const lines = [...areaSentences(reliability), ...troubleLines(reliability)];
  return [
    divider(),
    section(joinMrkdwn([mrkdwn`*Reliability, last seven days*`, ...lines.map((line) => mrkdwn`${line}`)])),
  ];
}

function topBlocks(board: Board): KnownBlock[] {
  if (board.top.length === 0) return [];
  return [divider(), ...part('Top of the list', board.top, board)];
}

function part(heading: string, defects: readonly DefectFacts[], { todayOn }: Board, isOwn = false): KnownBlock[] {
  if (defects.length === 0) return [];
  return [
    section(mrkdwn`*${heading}*`),
    ...defects.map((defect) =>
      section(
        mrkdwn`*${defectKey(defect.number)}* ${defect.title}\n${standingLine(defect, todayOn, isOwn)}`,
        button(ACTIONS.showDefect, 'Show', defectRefValue({ programId: defect.programId, number: defect.number }), {
          spoken: `Show ${defectKey(defect.number)}`,
        }),
      ),
    ),
  ];
}

function sampleButton({ hasSample, programId }: Board) {
  return hasSample ? [removeSampleButton(programId)] : [];
}

function settingsBlocks(board: Board): KnownBlock[] {
  if (!board.mayChangeSettings) return [];
  return [
    divider(),
    ...(board.hasSample ? [sampleLine()] : []),
    actions('home_settings', [
      button(ACTIONS.openSettings, 'Program settings', String(board.programId)),
      ...sampleButton(board),
    ]),
  ];
}
