import type { ModalView } from '@slack/types';
import { ACTIONS, VIEWS } from '../../blocks/kit/ids.ts';
import { areaMetricsModal, METRIC_INPUTS, reliabilityModal } from '../../blocks/reliability/metric-modals.ts';
import { Refusal } from '../../domain/errors/refusal.ts';
import type { WantedSetup } from '../../domain/reliability/metrics-setup.ts';
import type { Naming } from '../../requests/door.ts';
import { inModal } from '../../requests/listen/answer.ts';
import { type FormAnswers, readForm } from '../../requests/listen/form-answers.ts';
import { onChange, onOpen } from '../../requests/listen/on-button.ts';
import { onForm } from '../../requests/listen/on-form.ts';
import type { ReceivedView } from '../../requests/once/received.ts';
import type { Program } from '../../usecases/doing.ts';
import { readMetricAreas, readMetricsSetup } from '../../usecases/reliability/read-metrics-setup.ts';
import { setAreaMetrics } from '../../usecases/reliability/set-area-metrics.ts';
import { tryMetrics } from '../../usecases/reliability/try-metrics.ts';
import { NO_ID, programInMetadata } from '../defects/named-defect.ts';
import type { Deps } from '../deps.ts';

/** A window of an area: its program and the area stand in its metadata. */
const areaInMetadata: Naming<{ areaId: number }> = (received) => {
  const { programId, rest } = programInMetadata(received);
  return { programId, areaId: Number(rest[0] || NO_ID) };
};
/** A button of the list of areas: the area is its value. */
const areaInValue: Naming<{ areaId: number }> = (received) => {
  const { programId } = programInMetadata(received);
  return { programId, areaId: Number(received.value || NO_ID) };
};

/** The windows of `/defect settings`, Reliability. */
export function registerReliability(deps: Deps): void {
  const { db } = deps;
  const listView = async (program: Program, now: Date): Promise<ModalView> =>
    reliabilityModal(await readMetricAreas(db, program, now), deps.ask !== undefined, String(program.id));

  onOpen(deps, ACTIONS.openReliability, {
    right: 'lead',
    names: programInMetadata,
    view: ({ program, now }) => listView(program, now),
  });
  onOpen(deps, ACTIONS.openAreaMetrics, {
    right: 'lead',
    names: areaInValue,
    view: async ({ program, named: { areaId } }) => {
      const { name, setup } = await readMetricsSetup(db, program, areaId);
      return areaMetricsModal(name, setup, `${program.id}:${areaId}`);
    },
  });
  onChange(deps, ACTIONS.tryAreaMetrics, {
    right: 'lead',
    names: areaInMetadata,
    change: async ({ client, program, named: { areaId }, view, now }) => {
      const wanted = readSetup(formIn(view));
      const { name } = await readMetricsSetup(db, program, areaId);
      const show = (lines: readonly string[]) =>
        inModal(client, view?.id, areaMetricsModal(name, wanted, `${program.id}:${areaId}`, lines));
      await show(['Asking…']);
      const lines = await tryMetrics(program, deps.ask, wanted, now).catch((error: unknown) => {
        if (error instanceof Refusal) return [error.message];
        throw error;
      });
      await show(lines);
    },
  });
  onChange(deps, ACTIONS.pickWayToAsk, {
    right: 'lead',
    names: areaInMetadata,
    change: async ({ client, program, named: { areaId }, view }) => {
      const { name } = await readMetricsSetup(db, program, areaId);
      await inModal(client, view?.id, areaMetricsModal(name, readSetup(formIn(view)), `${program.id}:${areaId}`));
    },
  });

  onForm(deps, VIEWS.areaMetrics, {
    right: 'lead',
    names: areaInMetadata,
    inputs: METRIC_INPUTS,
    work: async (tx, { program, named: { areaId }, form, doing }) => {
      await setAreaMetrics(tx, program, areaId, readSetup(form), doing);
    },
    answer: () => null,
    afterwards: async ({ client, program, view, now }) =>
      inModal(client, view.previous_view_id ?? undefined, await listView(program, now)),
  });
}

function formIn(view: ReceivedView | undefined): FormAnswers {
  return readForm(view?.state.values ?? {});
}

function readSetup(form: FormAnswers): WantedSetup {
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
