import type { App, BlockAction, ButtonAction, ViewStateValue } from '@slack/bolt';
import type { ModalView } from '@slack/types';
import type { WebClient } from '@slack/web-api';
import { ACTIONS, VIEWS } from '../blocks/ids.ts';
import { areaMetricsModal, METRIC_INPUTS, reliabilityModal } from '../blocks/metric-modals.ts';
import type { WantedSetup } from '../domain/metrics/metrics-setup.ts';
import { Refusal } from '../domain/refusal.ts';
import type { Doing, Program } from '../usecases/doing.ts';
import { programNamed } from '../usecases/find-program.ts';
import { readMetricAreas, readMetricsSetup } from '../usecases/read-metrics-setup.ts';
import { setAreaMetrics } from '../usecases/set-area-metrics.ts';
import { submitOnce } from '../usecases/submit-once.ts';
import { tryMetrics } from '../usecases/try-metrics.ts';
import { answer, wordsFor } from './answer.ts';
import type { Deps } from './deps.ts';
import { readForm } from './form-answers.ts';
import { inModal, teamOf, tellAlone } from './slack-context.ts';
import { submissionOf } from './submission.ts';

type Values = Record<string, Record<string, ViewStateValue>>;
type Clicked = { client: WebClient; program: Program; areaId: number; doing: Doing; body: BlockAction<ButtonAction> };

/** The windows of `/defect settings`, Reliability; the program and the area of a window are in its metadata. */
export function registerReliability(app: App, deps: Deps): void {
  const { db } = deps;
  const onClick = (actionId: string, work: (clicked: Clicked, value: string) => Promise<unknown>) =>
    app.action<BlockAction<ButtonAction>>(actionId, async ({ ack, body, action, client }) => {
      await ack();
      await answer(deps, tellAlone(client, body.user.id), async () => {
        const [programId, areaId] = (body.view?.private_metadata ?? '').split(':').map(Number);
        const program = await programNamed(db, teamOf(body), programId ?? Number.NaN);
        const doing = { by: body.user.id, now: deps.clock.now() };
        await work({ client, program, areaId: areaId ?? Number.NaN, doing, body }, action.value ?? '');
      });
    });

  onClick(ACTIONS.openReliability, async ({ client, program, doing, body }) =>
    client.views.push({ trigger_id: body.trigger_id, view: await listView(deps, program, doing) }),
  );
  onClick(ACTIONS.openAreaMetrics, async ({ client, program, doing, body }, value) => {
    const { name, setup } = await readMetricsSetup(db, program, Number(value), doing);
    const view = areaMetricsModal(name, setup, `${program.id}:${Number(value)}`);
    await client.views.push({ trigger_id: body.trigger_id, view });
  });
  onClick(ACTIONS.tryAreaMetrics, async ({ client, program, areaId, doing, body }) => {
    const wanted = readSetup(body.view?.state.values as Values);
    const { name } = await readMetricsSetup(db, program, areaId, doing);
    const show = (lines: readonly string[]) =>
      inModal(client, body.view?.id, areaMetricsModal(name, wanted, `${program.id}:${areaId}`, lines));
    await show(['Asking…']);
    const lines = await tryMetrics(db, program, deps.ask, wanted, doing).catch((error: unknown) => {
      if (error instanceof Refusal) return [error.message];
      throw error;
    });
    await show(lines);
  });

  onClick(ACTIONS.pickWayToAsk, async ({ client, program, areaId, doing, body }) => {
    const { name } = await readMetricsSetup(db, program, areaId, doing);
    const wanted = readSetup(body.view?.state.values as Values);
    await inModal(client, body.view?.id, areaMetricsModal(name, wanted, `${program.id}:${areaId}`));
  });

  app.view(VIEWS.areaMetrics, async ({ ack, body, view, client }) => {
    try {
      const [programId, areaId] = view.private_metadata.split(':').map(Number);
      const program = await programNamed(db, teamOf(body), programId ?? Number.NaN);
      const doing = { by: body.user.id, now: deps.clock.now() };
      await submitOnce(db, submissionOf(body, view, doing.now), async (tx) => {
        await setAreaMetrics(tx, program, areaId ?? Number.NaN, readSetup(view.state.values as Values), doing);
        return null;
      });
      await ack();
      await inModal(client, view.previous_view_id ?? undefined, await listView(deps, program, doing));
    } catch (error) {
      const field = error instanceof Refusal ? error.field : undefined;
      const block = METRIC_INPUTS[field as keyof typeof METRIC_INPUTS] ?? METRIC_INPUTS.target;
      await ack({ response_action: 'errors', errors: { [block]: wordsFor(deps, error) } });
    }
  });
}

function readSetup(values: Values): WantedSetup {
  const form = readForm(values);
  const { target, periodDays, thresholdSeconds, how, labels, bad, total, uptime, latency } = METRIC_INPUTS;
  return {
    target: form.text(target),
    periodDays: form.text(periodDays),
    thresholdSeconds: form.text(thresholdSeconds),
    how: form.choice(how),
    labels: form.text(labels),
    bad: form.text(bad),
    total: form.text(total),
    uptime: form.text(uptime),
    latency: form.text(latency),
  };
}

async function listView(deps: Deps, program: Program, doing: Doing): Promise<ModalView> {
  const areas = await readMetricAreas(deps.db, program, doing);
  return reliabilityModal(areas, deps.ask !== undefined, String(program.id));
}
