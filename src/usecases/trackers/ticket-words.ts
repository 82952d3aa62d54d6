import { criterionWords, dayWords, points, SEVERITY_WORDS } from '../../blocks/kit/words.ts';
import type { DefectInArea } from '../../db/defects/defects.ts';
import type { Program } from '../../db/programs/programs.ts';
import type { StoredCriterion } from '../../db/proof/criteria.ts';
import type { Report } from '../../db/reports/reports.ts';
import { stateWords } from '../../domain/defects/lifecycle.ts';
import { counted } from '../../domain/text/counted.ts';
import type { TicketText } from '../../domain/trackers/ticket-text.ts';
import { type ComebackKind, defectKey } from '../../domain/vocabulary.ts';
import { harmNow } from '../defects/describe-defect.ts';

/** What a new ticket says: what was reported, and where it is judged. It belongs to the people of the tracker from then on. */
export function newTicketText(program: Program, defect: DefectInArea, latest: Report | undefined): TicketText {
  return [
    ...(latest?.description ? [{ kind: 'paragraph', text: latest.description } as const] : []),
    {
      kind: 'paragraph',
      text: `Reported in Slack as ${defectKey(defect.number)}, by ${counted(defect.reporterCount, 'reporter')}. Closing this as done claims a fix; Burndown then watches whether it holds.`,
    },
    linkBack(program),
  ];
}

/** The facts of a defect as they stand: the one comment that is kept up to date. */
export function factsText(
  program: Program,
  defect: DefectInArea,
  criteria: readonly StoredCriterion[],
  at: Date,
): TicketText {
  return [
    { kind: 'heading', text: `${defectKey(defect.number)} in Burndown` },
    {
      kind: 'facts',
      rows: [
        ['State', stateWords(defect.state)],
        ['Severity', SEVERITY_WORDS[defect.severity]],
        ['Area', defect.area],
        ['Due', defect.dueOn ? dayWords(defect.dueOn) : 'no date yet'],
        ['Reports', String(defect.reportCount)],
        ['Named in reports', counted(defect.affectedTotal, 'account')],
        ['Harm', `${points(harmNow(defect, program, at))} points a week`],
        ...(defect.failedFixes > 0 ? [['Failed fixes', String(defect.failedFixes)] as const] : []),
        ...criteria.map(({ criterion }) => ['Must hold', plainCriterion(criterion)] as const),
      ],
    },
    linkBack(program),
  ];
}

/** What the data said of a fix, with its numbers. */
export function verdictText(number: number, kind: 'proven' | ComebackKind, sentence: string): TicketText {
  const heading = {
    proven: `The fix of ${defectKey(number)} is proven`,
    reduced: `${defectKey(number)} is seen less since its fix, and not gone`,
    failed: `The fix of ${defectKey(number)} did not hold`,
    regressed: `${defectKey(number)} came back after its fix was proven`,
  }[kind];
  return [
    { kind: 'heading', text: heading },
    { kind: 'paragraph', text: sentence },
  ];
}

/** Slack opens the program's channel for whoever may see it, and shows it to nobody else. */
function linkBack({ workspaceId, channelId }: Program) {
  const url = `https://slack.com/app_redirect?team=${workspaceId}&channel=${channelId}`;
  return { kind: 'link', url, label: 'Open its program in Slack' } as const;
}

/** Without the names of people, which are Slack's. */
function plainCriterion(criterion: StoredCriterion['criterion']): string {
  if (criterion.kind === 'second_person') return 'a second person confirms it';
  return criterionWords(criterion).source;
}
