import type { Chart } from '../../domain/digest/charts.ts';
import type { PeriodFacts } from '../../domain/office/period-facts.ts';
import { daysOf, type Quarter, quarterWords } from '../../domain/office/quarter.ts';
import { chartPlace, chartSlots, withCharts } from '../digest/chart-slots.ts';
import { joinMrkdwn, mrkdwn } from '../kit/mrkdwn.ts';
import { context, header, type Message, message, section } from '../kit/parts.ts';
import { dayWords } from '../kit/words.ts';
import { sampleLine } from '../programs/sample-message.ts';
import { periodSentences, spanWords } from './period-words.ts';

/** The page of a quarter: as text, and as a picture that says the same. */
export function quarterMessage(report: {
  quarter: Quarter;
  facts: PeriodFacts;
  isOver: boolean;
  hasSample: boolean;
}): Message {
  const { quarter, facts, isOver, hasSample } = report;
  const title = `${facts.programName}, ${quarterWords(quarter)}`;
  const sentences = periodSentences(facts);
  const page: Chart = { kind: 'page', title, lines: [spanWords(facts, isOver), ...sentences], weeks: facts.weeks };
  const slots = chartSlots([page], 'pictures');
  const stays = isOver
    ? `Every figure is from the log, as of the end of the quarter.${hasSample ? '' : ' This report stays as it is.'}`
    : `The quarter runs to ${dayWords(daysOf(quarter)[1])}; until then these figures change.`;
  return withCharts(
    message(`${title}. ${sentences.join(' ')}`, [
      header(title),
      section(mrkdwn`*${spanWords(facts, isOver)}*`),
      section(joinMrkdwn(sentences.map((words) => mrkdwn`•  ${words}`))),
      ...chartPlace(slots, 'page'),
      ...(hasSample ? [sampleLine()] : []),
      context(mrkdwn`${stays} \`/defect quarter Q${quarter.slice(-1)} ${quarter.slice(0, 4)}\` shows it again.`),
    ]),
    slots,
  );
}
