import type { Chart } from '../domain/digest/charts.ts';
import { drawnLine } from '../domain/reports/drawn-name.ts';
import { burndownPanels } from './burndown-spec.ts';
import { TEXT, WIDTH } from './look.ts';
import { type Panel, panel, type Spec, sheet, words } from './parts.ts';
import { textWidth } from './text-width.ts';

const LINE = TEXT + 7;
/** Between two sentences. */
const GAP = 8;
/** About how much wider bold letters are. */
const BOLD = 1.13;
/** The widest a line of words may be; the sheet has its margins outside. */
const PLOT = WIDTH - 20;

/** One page: sentences, and below them the burn-down of its weeks where there are any. */
export function pageSpec({ title, lines, weeks }: Chart & { kind: 'page' }): Spec {
  const isOpen = weeks.some(({ toDo, claimed, proven }) => toDo + claimed + proven > 0);
  return sheet('Report', [textPanel(title, lines), ...(isOpen ? burndownPanels({ weeks, since: null }) : [])]);
}

function textPanel(title: string, lines: readonly string[]): Panel {
  const [heading = ''] = wrapped(title, TEXT * BOLD, PLOT);
  const placed: { x: number; y: number; text: string }[] = [];
  let y = LINE * 1.5 + GAP;
  for (const line of lines) {
    for (const text of wrapped(line, TEXT, PLOT)) {
      placed.push({ x: 0, y: -y, text });
      y += LINE;
    }
    y += GAP;
  }
  const height = y - GAP - LINE / 2;
  return panel({ width: PLOT, height, x: { from: 0, to: 1, axis: null }, y: { from: -height, to: 0, axis: null } }, [
    words([{ x: 0, y: -LINE / 2, text: heading }], { align: 'left', fontWeight: 'bold' }),
    words(placed, { align: 'left' }),
  ]);
}

/** Words in lines of a width at most; a word that is wider stands alone. */
function wrapped(text: string, fontSize: number, width: number): string[] {
  const lines: string[] = [];
  let line = '';
  for (const word of drawnLine(text).split(' ')) {
    const longer = line === '' ? word : `${line} ${word}`;
    if (line !== '' && textWidth(longer, fontSize, false) > width) {
      lines.push(line);
      line = word;
    } else line = longer;
  }
  return [...lines, line];
}
