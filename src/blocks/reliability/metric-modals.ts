import type { KnownBlock, ModalView } from '@slack/types';
import { WAYS_TO_ASK, type WantedSetup } from '../../domain/reliability/metrics-setup.ts';
import { ACTIONS, VIEWS } from '../kit/ids.ts';
import { choiceInput, textInput } from '../kit/inputs.ts';
import { joinMrkdwn, mrkdwn } from '../kit/mrkdwn.ts';
import { actions, button, context, option, plain, section } from '../kit/parts.ts';
import { WAY_WORDS } from './metric-words.ts';

/** An area as the list shows it: what is promised and asked, and how that goes, each in a sentence. */
export type MetricArea = { areaId: number; name: string; promise: string; state: string };

/** block_id and action_id of each input. */
export const METRIC_INPUTS = {
  target: 'objective',
  periodDays: 'period',
  thresholdSeconds: 'threshold',
  how: ACTIONS.pickWayToAsk,
  labels: 'labels',
  bad: 'bad_requests',
  total: 'all_requests',
  uptime: 'uptime',
  latency: 'latency',
} as const satisfies Record<keyof WantedSetup, string>;

const AREAS_SHOWN = 40;

/** All areas of a program with their metrics. */
export function reliabilityModal(areas: readonly MetricArea[], hasPrometheus: boolean, metadata: string): ModalView {
  return {
    type: 'modal',
    private_metadata: metadata,
    title: plain('Reliability', 24),
    close: plain('Back', 24),
    blocks: [
      section(mrkdwn`What is promised of each area, and what its metrics are asked every week.`),
      ...(hasPrometheus
        ? []
        : [
            context(
              mrkdwn`PROMETHEUS_URL is not set, so nobody is asked. Figures can be pushed: add a source of the kind Metrics under Signals.`,
            ),
          ]),
      ...areas.slice(0, AREAS_SHOWN).map((area) => areaSection(area)),
    ],
  };
}

function areaSection({ areaId, name, promise, state }: MetricArea): KnownBlock {
  return section(
    joinMrkdwn([mrkdwn`*${name}*  ${promise}`, mrkdwn`${state}`]),
    button(ACTIONS.openAreaMetrics, 'Set up', String(areaId), { spoken: `Set up ${name}` }),
  );
}

/** The setup of one area, with the inputs that its way of asking needs. `tried` is what its metrics have just said. */
export function areaMetricsModal(
  name: string,
  setup: WantedSetup,
  metadata: string,
  tried?: readonly string[],
): ModalView {
  const ask = asker(setup);
  const how = WAYS_TO_ASK.find((way) => way === setup.how) ?? 'none';
  return {
    type: 'modal',
    callback_id: VIEWS.areaMetrics,
    private_metadata: metadata,
    title: plain('Metrics of an area', 24),
    submit: plain('Save', 24),
    close: plain('Back', 24),
    blocks: [
      section(mrkdwn`*${name}*`),
      ask('target', 'Objective in percent', 'The share of requests that succeed, such as 99.9.'),
      ask('periodDays', 'Over how many days', 'Its error budget is counted over so long; 30 unless you say.'),
      ask(
        'thresholdSeconds',
        'Fast enough, in seconds',
        'Slower requests are counted, from the next lower bound of a bucket.',
      ),
      {
        ...choiceInput(METRIC_INPUTS.how, {
          label: 'Ask Prometheus by',
          options: WAYS_TO_ASK.map((way) => option(WAY_WORDS[way], way)),
          initial: how,
        }),
        dispatch_action: true,
      },
      ...(how === 'none' ? [] : how === 'own' ? ownInputs(ask) : [labelsInput(ask)]),
      ...(how === 'none' ? [] : [actions('area_metrics', [button(ACTIONS.tryAreaMetrics, 'Try it', metadata)])]),
      ...(how === 'none' || tried
        ? []
        : [context(mrkdwn`Trying says what the last seven days were like, and keeps nothing.`)]),
      ...(tried ? [section(joinMrkdwn(tried.map((line) => mrkdwn`${line}`)))] : []),
    ],
  };
}

type Ask = (id: keyof typeof METRIC_INPUTS, label: string, hint: string, lines?: boolean) => KnownBlock;

function asker(setup: WantedSetup): Ask {
  return (id, label, hint, lines = false) =>
    textInput(METRIC_INPUTS[id], { label, hint, limit: lines ? 1000 : 300, lines, optional: true, initial: setup[id] });
}

function labelsInput(ask: Ask): KnownBlock {
  return ask('labels', 'Labels', 'Those of the area: service="billing", job=~"api|web". They are asked of up as well.');
}

function ownInputs(ask: Ask): KnownBlock[] {
  return [
    ask(
      'total',
      'All requests',
      'sum(increase(jobs_total[$span])), where [$span] becomes the time that is asked about.',
      true,
    ),
    ask('bad', 'Failed requests', 'End it with: or vector(0), if there is no series where nothing has failed.', true),
    ask('uptime', 'Uptime', 'A share from 0 to 1, such as avg(avg_over_time(probe_success[$span])).', true),
    ask('latency', 'Latency', 'Buckets by le in seconds: sum by (le) (increase(x_seconds_bucket[$span])).', true),
  ];
}
