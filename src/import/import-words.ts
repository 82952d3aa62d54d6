import type { ImportedReport } from '../domain/import/imported-report.ts';
import { personOf } from '../domain/import/person-of.ts';
import { counted } from '../domain/text/counted.ts';
import type { ImportTally } from './import-history.ts';

const AREAS_SHOWN = 10;
const ASSIGNEES_SHOWN = 10;

/** What an import did, one line a fact. */
export function summaryWords(
  tally: ImportTally,
  file: { bad: number; adjusted: number; notes: readonly string[] },
): string {
  const lines = [
    `${counted(tally.opened + tally.joined, 'report')} imported: ${counted(tally.opened, 'new defect')}, ${tally.joined} joined to earlier defects.`,
    `${tally.alreadyHere} already here, ${counted(file.bad, 'bad row')}.`,
    `From the tracker's resolutions: ${counted(tally.claimed, 'fix', 'fixes')} claimed, ${tally.merged} merged, ${tally.risk_accepted} risk accepted, ${tally.dismissed} dismissed.`,
  ];
  if (tally.refused > 0) {
    lines.push(
      `${counted(tally.refused, 'fix was', 'fixes were')} not claimed: two have failed before, so a person has to say what the root cause is.`,
    );
  }
  if (file.adjusted > 0) lines.push(`${counted(file.adjusted, 'row')} had values that were cut or left out.`);
  return [...lines, ...file.notes].join('\n');
}

/** How many rows of which kinds of work were left out. */
export function typeWords(leftOut: ReadonlyMap<string, number>): string[] {
  if (leftOut.size === 0) return [];
  const kinds = [...leftOut].sort(([, a], [, b]) => b - a).map(([type, count]) => `${count} ${type}`);
  return [`Left out, since they are no defects: ${kinds.join(', ')}. --types names the kinds to take, or all.`];
}

/** Who works on what, by the addresses that somebody in Slack has, and who nobody could be found for. */
export function assigneeWords(reports: readonly ImportedReport[], people: ReadonlyMap<string, string>): string[] {
  const unknown = new Map<string, number>();
  for (const { assignee } of reports) {
    if (assignee && !personOf(assignee, people)) unknown.set(assignee, (unknown.get(assignee) ?? 0) + 1);
  }
  if (unknown.size === 0) return [];
  const named = [...unknown].sort(([, a], [, b]) => b - a).slice(0, ASSIGNEES_SHOWN);
  const shown = named.map(([name, count]) => `${name} (${count})`).join(', ');
  const more = unknown.size > ASSIGNEES_SHOWN ? ` and ${unknown.size - ASSIGNEES_SHOWN} more` : '';
  const how = people.size === 0 ? " --people takes Slack's list of members." : '';
  return [`Nobody in Slack was found for ${shown}${more}; the name stands with the report.${how}`];
}

/** Which areas the program does not have, with how many rows each had. */
export function areaWords(unknown: ReadonlyMap<string, number>, defaultArea: string): string[] {
  const named = [...unknown].filter(([name]) => name !== '').sort(([, a], [, b]) => b - a);
  const lines: string[] = [];
  const unnamed = unknown.get('') ?? 0;
  if (unnamed > 0) lines.push(`${counted(unnamed, 'row names', 'rows name')} no area and went to ${defaultArea}.`);
  if (named.length > 0) {
    const shown = named.slice(0, AREAS_SHOWN).map(([name, count]) => `${name} (${count})`);
    const more = named.length > AREAS_SHOWN ? ` and ${named.length - AREAS_SHOWN} more` : '';
    lines.push(`These areas are not the program's, so their rows went to ${defaultArea}: ${shown.join(', ')}${more}.`);
  }
  return lines;
}
