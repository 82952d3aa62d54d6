import type { ChartSlot } from '../../domain/digest/charts.ts';
import { mrkdwn } from '../kit/mrkdwn.ts';
import { type Message, message, section } from '../kit/parts.ts';
import { type NamedProgram, programLink } from '../kit/program-link.ts';
import { dayWords } from '../kit/words.ts';
import { chartPlace, withCharts } from './chart-slots.ts';

/** Charts for whoever asked for them, and what is said of fixes below. */
export function chartsMessage(
  slots: readonly ChartSlot[],
  { program, todayOn, ledger }: { program: NamedProgram; todayOn: string; ledger: readonly string[] },
): Message {
  const title = `Charts of ${dayWords(todayOn)}`;
  const spoken = `${title}. ${[...slots.map(({ alt }) => alt), ...ledger].join(' ')}`;
  const places = slots.flatMap(({ chart }) => chartPlace(slots, chart.kind));
  return withCharts(
    message(spoken, [
      section(mrkdwn`*${programLink(program)}, charts of ${dayWords(todayOn)}*`),
      ...places,
      ...ledger.map((words) => section(mrkdwn`${words}`)),
    ]),
    slots,
  );
}
