import type { ContextBlock } from '@slack/types';
import type { Chart, ChartKind, ChartSlot, ChartStyle } from '../../domain/digest/charts.ts';
import { cutText } from '../../domain/text/clean-text.ts';
import { mrkdwn } from '../kit/mrkdwn.ts';
import { context, type Message } from '../kit/parts.ts';
import { chartTitle, chartWords } from './chart-words.ts';
import { nativeChart } from './native-chart.ts';

/** Slack takes 2000 characters; the whole message has to fit too. */
const ALT = 1500;
/** Of its own chart blocks Slack takes so many in a message. */
const MOST_NATIVE = 2;
const PLACE = 'chart_';

/** The places of charts in a message, in the order of the charts. */
export function chartSlots(charts: readonly Chart[], style: ChartStyle): ChartSlot[] {
  if (style === 'none') return [];
  let natives = 0;
  return charts.map((chart) => {
    const title = chartTitle(chart);
    const native = style === 'native' && natives < MOST_NATIVE ? nativeChart(chart) : null;
    if (native) natives += 1;
    return {
      blockId: `${PLACE}${chart.kind}`,
      chart,
      title: title && cutText(title, 200),
      alt: cutText(chartWords(chart), ALT),
      native,
    };
  });
}

/** Whether a block stands where a picture goes. */
export function isChartPlace(blockId: string | undefined): boolean {
  return blockId?.startsWith(PLACE) ?? false;
}

/** The block that says a chart in words until the chart itself stands there; none where there is no such chart. */
export function chartPlace(slots: readonly ChartSlot[], kind: ChartKind): ContextBlock[] {
  return slots
    .filter(({ chart }) => chart.kind === kind)
    .map(({ blockId, alt }) => ({ ...context(mrkdwn`${alt}`), block_id: blockId }));
}

/** A message whose charts are drawn when it is sent; those whose place did not fit into it are left out. */
export function withCharts(message: Message, slots: readonly ChartSlot[]): Message {
  const placed = slots.filter(({ blockId }) => message.blocks.some(({ block_id }) => block_id === blockId));
  return placed.length === 0 ? message : { ...message, charts: placed };
}
