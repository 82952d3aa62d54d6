import type { ImportedReport } from './imported-report.ts';

/** Kinds of work that are no failure of what is there. */
const NO_DEFECTS = [
  'story',
  'user story',
  'epic',
  'feature',
  'new feature',
  'feature request',
  'improvement',
  'enhancement',
  'initiative',
  'theme',
  'requirement',
  'product backlog item',
  'task',
  'sub-task',
  'spike',
  'test case',
  'test plan',
  'test suite',
  'change request',
  'neue funktion',
  'anforderung',
  'aufgabe',
  'unteraufgabe',
  'verbesserung',
  'récit',
  'tâche',
  'sous-tâche',
  'amélioration',
  'nouvelle fonctionnalité',
  'historia',
  'tarea',
  'subtarea',
  'mejora',
  'nueva función',
  'attività',
  'miglioramento',
  'tarefa',
  'melhoria',
  'verhaal',
  'taak',
  'verbetering',
  'question',
  'idea',
  'milestone',
  'release',
  'chore',
  'documentation',
  'docs',
  'technical task',
  'tech debt',
  'technical debt',
  'meta issue',
  'design',
  'service request',
];
const NAMES = new Set(NO_DEFECTS.map(lettersOf));

/** The kind of work that labels name, where a tracker has no other word for it; a bug is one whatever else it is called. */
export function typeInLabels(labels: readonly string[]): string | undefined {
  if (labels.some((label) => ['bug', 'defect', 'incident', 'regression'].includes(lettersOf(label)))) return undefined;
  return labels.find((label) => NAMES.has(lettersOf(label)));
}

/** The rows of the wanted kinds, and how many of which others there were. */
export type ChosenTypes = { reports: ImportedReport[]; leftOut: Map<string, number> };

/**
 * Parts the rows of a file by the kind of work that they are: those that are asked for, or else all but stories, epics and
 * their like. A row without a kind is one.
 *
 * @param wanted kinds in lower case, `all` for every one; undefined for what is usual
 */
export function chooseTypes(reports: readonly ImportedReport[], wanted?: readonly string[]): ChosenTypes {
  const leftOut = new Map<string, number>();
  const chosen = reports.filter(({ issueType }) => {
    if (issueType === undefined || isWanted(issueType.toLowerCase(), wanted)) return true;
    leftOut.set(issueType, (leftOut.get(issueType) ?? 0) + 1);
    return false;
  });
  return { reports: chosen, leftOut };
}

function isWanted(type: string, wanted: readonly string[] | undefined): boolean {
  if (wanted) return wanted.includes('all') || wanted.includes(type);
  return !NAMES.has(lettersOf(type));
}

/** A sub-task is a Subtask is a Sub Task. */
function lettersOf(type: string): string {
  return type.toLowerCase().replaceAll(/[^\p{L}]/gu, '');
}
