import { counted } from '../domain/counted.ts';
import type { ImportTally } from './import-history.ts';

const AREAS_SHOWN = 10;

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
