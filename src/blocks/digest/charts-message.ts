import type { ChartSlot } from '../../domain/digest/charts.ts';
import { cutText } from '../../domain/text.ts';
import { header, type Message, message } from '../kit/parts.ts';
import { dayWords } from '../kit/words.ts';
import { chartPlace, withCharts } from './chart-slots.ts';

/** Charts for whoever asked for them. */
export function chartsMessage(slots: readonly ChartSlot[], programName: string, todayOn: string): Message {
  const title = `${cutText(programName, 100)}, charts of ${dayWords(todayOn)}`;
  const spoken = `${title}. ${slots.map(({ alt }) => alt).join(' ')}`;
  const places = slots.flatMap(({ chart }) => chartPlace(slots, chart.kind));
  return withCharts(message(spoken, [header(title), ...places]), slots);
}
